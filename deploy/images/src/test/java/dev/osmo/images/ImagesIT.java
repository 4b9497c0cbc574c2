package dev.osmo.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The images that this build has written. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ImagesIT {
  private static final Path TARGET = Path.of("target");
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir static Path unpacked;

  @BeforeAll
  static void unpack() throws IOException {
    for (String service : List.of("token-service", "auth-exchange-service")) {
      unpackTo(service, unpacked.resolve(service));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"token-service", "auth-exchange-service"})
  void an_image_runs_as_a_user_of_its_own_and_says_what_it_is(String service) throws IOException {
    JsonNode config = config(service);

    assertThat(config.at("/config/User").asText()).isEqualTo("10001:10001");
    assertThat(config.at("/config/Entrypoint/0").asText()).isEqualTo("/opt/java/bin/java");
    assertThat(config.at("/config/Labels").path("org.opencontainers.image.title").asText())
        .isEqualTo("osmo/" + service);
    assertThat(config.at("/config/Labels").path("org.opencontainers.image.version").asText())
        .isNotBlank();
    assertThat(config.path("os").asText()).isEqualTo("linux");
  }

  @ParameterizedTest
  @ValueSource(strings = {"token-service", "auth-exchange-service"})
  void only_root_can_write_the_files_of_an_image(String service) throws IOException {
    List<String> writable = new ArrayList<>();
    try (var files = Files.walk(unpacked.resolve(service))) {
      for (Path file : files.toList()) {
        var permissions = Files.getPosixFilePermissions(file);
        if (permissions.contains(PosixFilePermission.OTHERS_WRITE)
            || permissions.contains(PosixFilePermission.GROUP_WRITE)) {
          writable.add(unpacked.resolve(service).relativize(file).toString());
        }
      }
    }
    assertThat(writable).containsExactly("tmp");
  }

  @ParameterizedTest
  @ValueSource(strings = {"token-service", "auth-exchange-service"})
  void an_image_has_the_bill_of_its_materials(String service) throws IOException {
    JsonNode bill =
        JSON.readTree(unpacked.resolve(service).resolve("usr/share/osmo/bom.json").toFile());

    assertThat(bill.path("bomFormat").asText()).isEqualTo("CycloneDX");
    assertThat(bill.at("/metadata/component/name").asText()).isEqualTo(service);
    assertThat(bill.path("components").findValuesAsText("name")).contains("argon2-jvm");
  }

  @Test
  void a_second_build_has_the_same_digests(@TempDir Path again) throws IOException {
    Images.main("../..", again.toString(), version(), created());

    assertThat(config(again, "token-service")).isEqualTo(config("token-service"));
    for (String service : List.of("token-service", "auth-exchange-service")) {
      assertThat(digest(again, service)).isEqualTo(digest(TARGET, service));
    }
  }

  /** As a cluster runs it: another user, a read-only root, no capability, an empty /tmp. */
  @ParameterizedTest
  @ValueSource(strings = {"token-service", "auth-exchange-service"})
  void an_image_runs_with_a_read_only_root_and_without_capabilities(String service)
      throws Exception {
    assumeTrue(
        List.of(System.getenv("PATH").split(":", -1)).stream()
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "bwrap"))),
        "SKIPPED: bubblewrap is not installed, so the images are not run");
    // A container engine creates them, too.
    Files.createDirectories(unpacked.resolve(service).resolve("proc"));
    Files.createDirectories(unpacked.resolve(service).resolve("dev"));
    List<String> command =
        new ArrayList<>(
            List.of(
                "bwrap", "--unshare-all", "--uid", "10001", "--gid", "10001", "--cap-drop", "ALL"));
    command.addAll(List.of("--ro-bind", unpacked.resolve(service).toString(), "/"));
    command.addAll(List.of("--tmpfs", "/tmp", "--proc", "/proc", "--dev", "/dev", "--clearenv"));
    config(service).at("/config/Entrypoint").forEach(word -> command.add(word.asText()));
    command.add("--help");
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).as(output).isZero();
    assertThat(output).contains(service + " --help");
  }

  private static String version() throws IOException {
    return config("token-service")
        .at("/config/Labels")
        .path("org.opencontainers.image.version")
        .asText();
  }

  private static String created() throws IOException {
    return config("token-service").path("created").asText();
  }

  private static JsonNode config(String name) throws IOException {
    return config(TARGET, name);
  }

  private static JsonNode config(Path folder, String name) throws IOException {
    Map<String, byte[]> files = files(folder, name);
    JsonNode manifest = manifest(files);
    return JSON.readTree(blob(files, manifest.at("/config/digest").asText()));
  }

  private static String digest(Path folder, String name) throws IOException {
    return JSON.readTree(files(folder, name).get("index.json")).at("/manifests/0/digest").asText();
  }

  private static JsonNode manifest(Map<String, byte[]> files) throws IOException {
    return JSON.readTree(
        blob(files, JSON.readTree(files.get("index.json")).at("/manifests/0/digest").asText()));
  }

  private static byte[] blob(Map<String, byte[]> files, String digest) {
    return files.get("blobs/" + digest.replace(':', '/'));
  }

  private static Map<String, byte[]> files(Path folder, String name) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(Files.newInputStream(folder.resolve(name + ".tar")))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        files.put(entry.getName(), tar.readAllBytes());
      }
    }
    return files;
  }

  private static void unpackTo(String name, Path root) throws IOException {
    Files.createDirectories(root);
    Map<String, byte[]> files = files(TARGET, name);
    for (JsonNode layer : manifest(files).path("layers")) {
      try (InputStream bytes =
              new ByteArrayInputStream(blob(files, layer.path("digest").asText()));
          TarArchiveInputStream tar = new TarArchiveInputStream(new GZIPInputStream(bytes))) {
        for (TarArchiveEntry entry = tar.getNextEntry();
            entry != null;
            entry = tar.getNextEntry()) {
          unpack(tar, entry, root.resolve(entry.getName()));
        }
      }
    }
  }

  private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path file)
      throws IOException {
    if (entry.isDirectory()) {
      Files.createDirectories(file);
    } else {
      Files.createDirectories(file.resolveSibling("."));
      Files.write(file, tar.readAllBytes());
    }
    Files.setPosixFilePermissions(file, permissions(entry.getMode()));
    assertThat(entry.getMode() & 07000).as(entry.getName()).isZero();
    assertThat(entry.getLongUserId()).as(entry.getName()).isZero();
  }

  private static Set<PosixFilePermission> permissions(int mode) {
    StringBuilder text = new StringBuilder();
    for (int bit = 8; bit >= 0; bit--) {
      text.append((mode & (1 << bit)) == 0 ? '-' : "rwx".charAt(2 - bit % 3));
    }
    return PosixFilePermissions.fromString(text.toString());
  }
}
