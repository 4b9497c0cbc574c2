package dev.osmo.images;

import com.google.cloud.tools.jib.api.CacheDirectoryCreationException;
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import com.google.cloud.tools.jib.api.buildplan.ImageFormat;
import com.google.cloud.tools.jib.api.buildplan.Platform;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;

/**
 * The layers of an image: glibc unless it has a base, a runtime where it needs one, the program and
 * its bill of materials. All files belong to root and only root may write them. The program runs as
 * a user of its own. The same files result in the same digest.
 *
 * @param name the tar file's name and the image's, after {@code osmo/}
 * @param layers those that change least come first
 */
record Image(
    String name, String description, List<FileEntriesLayer> layers, List<String> entrypoint) {

  /** As in the manifests of {@code deploy/k8s}. */
  private static final String USER = "10001:10001";

  private static final FilePermissions EXECUTABLE = FilePermissions.fromOctalString("755");
  private static final FilePermissions FILE = FilePermissions.fromOctalString("644");
  private static final FilePermissions TEMPORARY = FilePermissions.fromOctalString("777");

  /**
   * The options leave room for the memory that Argon2 uses outside of the heap. The services keep
   * little alive, so the simple collector is no slower, and needs less memory. What Argon2 and the
   * compiler have freed goes back to the system every five seconds.
   */
  static final List<String> JAVA_OPTIONS =
      List.of(
          "-XX:+UseSerialGC",
          "-XX:MaxRAMPercentage=25",
          "-XX:TrimNativeHeapInterval=5000",
          "-XX:+ExitOnOutOfMemoryError");

  private static final String CACHE = "/app/service.aot";

  /** The JVM warns of every small part of the cache that it cannot use. */
  private static final List<String> CACHED = List.of("-XX:AOTCache=" + CACHE, "-Xlog:aot=error");

  /** By default, glibc keeps up to eight arenas a core, which never return what Argon2 has used. */
  private static final Map<String, String> ENVIRONMENT =
      Map.of("HOME", "/tmp", "LANG", "C.UTF-8", "MALLOC_ARENA_MAX", "2");

  /** The cache is the last layer, because the bytes of two trainings differ. */
  static Image ofService(Service service, JavaRuntime runtime, Base base, Optional<Path> cache) {
    List<FileEntriesLayer> layers = new ArrayList<>();
    if (base.isScratch()) {
      layers.add(machine(CLibrary.ofThisMachine()));
    }
    layers.add(layer("runtime", runtime.folder(), "/opt/java"));
    layers.add(layer("libraries", service.app().resolve("lib"), "/app/lib"));
    layers.add(program(service.app()));
    layers.add(billOfMaterials(service.module()));
    cache.ifPresent(file -> layers.add(file("cache", file, CACHE, FILE)));
    List<String> entrypoint = new ArrayList<>(List.of("/opt/java/bin/java"));
    entrypoint.addAll(JAVA_OPTIONS);
    cache.ifPresent(file -> entrypoint.addAll(CACHED));
    entrypoint.addAll(List.of("-jar", "/app/quarkus-run.jar"));
    return new Image(
        service.name(), "The service " + service.name() + " of osmo.", layers, entrypoint);
  }

  /** The native binary needs no Java. */
  static Image ofCommand(Path module, Path binary, Base base) {
    List<FileEntriesLayer> layers = new ArrayList<>();
    if (base.isScratch()) {
      layers.add(machine(CLibrary.of(binary)));
    }
    layers.add(file("program", binary, "/usr/bin/osmo", EXECUTABLE));
    layers.add(billOfMaterials(module));
    return new Image(
        "osmo",
        "The command line of osmo, which is also its sidecar.",
        layers,
        List.of("/usr/bin/osmo"));
  }

  /** Writes {@code NAME.tar} and returns the image's digest. */
  String write(Release release, Base base, Path output) {
    return write(release, base, ImageFormat.OCI, output);
  }

  String write(Release release, Base base, ImageFormat format, Path output) {
    try {
      JibContainerBuilder builder =
          Jib.from(base.reference())
              .setFormat(format)
              .setPlatforms(Set.of(platform()))
              .setCreationTime(release.time())
              .setUser(USER)
              .setEntrypoint(entrypoint)
              .setWorkingDirectory(AbsoluteUnixPath.get("/"))
              .setEnvironment(ENVIRONMENT)
              .setLabels(labels(release));
      layers.forEach(builder::addFileEntriesLayer);
      Path cache = output.resolve("cache");
      return builder
          .containerize(
              Containerizer.to(
                      TarImage.at(output.resolve(name + ".tar"))
                          .named("osmo/" + name + ":" + release.version()))
                  .setOfflineMode(base.isOffline())
                  .setApplicationLayersCache(cache)
                  .setBaseImageLayersCache(cache))
          .getDigest()
          .toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (RegistryException
        | CacheDirectoryCreationException
        | ExecutionException
        | InvalidImageReferenceException e) {
      throw new IllegalStateException("cannot write the image " + name, e);
    }
  }

  private Map<String, String> labels(Release release) {
    return Map.of(
        "org.opencontainers.image.title",
        "osmo/" + name,
        "org.opencontainers.image.description",
        description,
        "org.opencontainers.image.version",
        release.version(),
        "org.opencontainers.image.created",
        release.time().toString());
  }

  private static Platform platform() {
    String machine = System.getProperty("os.arch");
    return new Platform(machine.equals("aarch64") ? "arm64" : machine, "linux");
  }

  /** What every image without a base begins with. */
  static FileEntriesLayer machine(CLibrary library) {
    FileEntriesLayer.Builder layer = FileEntriesLayer.builder().setName("machine");
    layer.addEntry(
        CLibrary.content(library.loader()),
        AbsoluteUnixPath.get(library.loader().toString()),
        EXECUTABLE);
    for (Path file : library.libraries()) {
      layer.addEntry(
          CLibrary.content(file), AbsoluteUnixPath.get("/usr/lib/" + file.getFileName()), FILE);
    }
    layer.addEntry(
        text("passwd", "osmo:x:10001:10001::/tmp:/sbin/nologin\n"), at("/etc/passwd"), FILE);
    layer.addEntry(text("group", "osmo:x:10001:\n"), at("/etc/group"), FILE);
    layer.addEntry(text("nsswitch.conf", "hosts: files dns\n"), at("/etc/nsswitch.conf"), FILE);
    layer.addEntry(folder(), at("/tmp"), TEMPORARY);
    return layer.build();
  }

  private static FileEntriesLayer program(Path app) {
    try {
      FileEntriesLayer.Builder layer = FileEntriesLayer.builder().setName("program");
      layer.addEntryRecursive(app.resolve("app"), at("/app/app"));
      layer.addEntryRecursive(app.resolve("quarkus"), at("/app/quarkus"));
      layer.addEntry(app.resolve("quarkus-run.jar"), at("/app/quarkus-run.jar"), FILE);
      return layer.build();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static FileEntriesLayer billOfMaterials(Path module) {
    return file(
        "bill of materials", module.resolve("target/bom.json"), "/usr/share/osmo/bom.json", FILE);
  }

  private static FileEntriesLayer file(
      String name, Path file, String target, FilePermissions permissions) {
    return FileEntriesLayer.builder().setName(name).addEntry(file, at(target), permissions).build();
  }

  private static FileEntriesLayer layer(String name, Path folder, String target) {
    try {
      return FileEntriesLayer.builder()
          .setName(name)
          .addEntryRecursive(
              folder,
              at(target),
              (file, unused) ->
                  Files.isDirectory(file) || Files.isExecutable(file) ? EXECUTABLE : FILE)
          .build();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path text(String name, String content) {
    try {
      return Files.writeString(Files.createTempDirectory("image").resolve(name), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path folder() {
    try {
      return Files.createTempDirectory("image");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static AbsoluteUnixPath at(String path) {
    return AbsoluteUnixPath.get(path);
  }
}
