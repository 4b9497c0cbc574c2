package dev.osmo.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

/** The files that a container sees of its Secrets and ConfigMaps. */
final class Mounts {
  private final Set<String> folders = new HashSet<>();
  private final Set<String> files = new HashSet<>();

  private Mounts() {}

  static Mounts of(Rendering rendering, Manifest manifest, JsonNode container) {
    Mounts mounts = new Mounts();
    JsonNode volumes = manifest.podSpec().orElseThrow().path("volumes");
    for (JsonNode mount : Manifest.each(container.path("volumeMounts")).toList()) {
      String folder = mount.path("mountPath").asText();
      mounts.folders.add(folder);
      Manifest.named(volumes, mount.path("name").asText())
          .ifPresent(volume -> mounts.add(rendering, folder, volume));
    }
    return mounts;
  }

  /** Whether a file, or a folder with files, is there. */
  boolean has(String path) {
    return files.contains(path) || folders.contains(path);
  }

  /** Whether it is the root of a volume, which is a folder and no symbolic link. */
  boolean isRoot(String folder) {
    return folders.contains(folder);
  }

  private void add(Rendering rendering, String folder, JsonNode volume) {
    Stream<JsonNode> secrets =
        Stream.concat(
            Stream.of(volume.path("secret")),
            Manifest.each(volume.at("/projected/sources")).map(source -> source.path("secret")));
    Stream.concat(secrets, Stream.of(volume.path("configMap")))
        .flatMap(source -> Manifest.each(source.path("items")))
        .forEach(item -> files.add(folder + "/" + item.path("path").asText()));
    rendering
        .find("ConfigMap", volume.at("/configMap/name").asText())
        .ifPresent(
            map ->
                map.at("/data")
                    .fieldNames()
                    .forEachRemaining(key -> files.add(folder + "/" + key)));
    // The one key of the Secret of the authority.
    if (volume.at("/secret/secretName").asText().equals("osmo-database-ca")) {
      files.add(folder + "/ca.crt");
    }
  }
}
