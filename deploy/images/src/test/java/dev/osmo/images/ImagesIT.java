package dev.osmo.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.cloud.tools.jib.api.buildplan.ImageFormat;
import dev.osmo.images.Installation.Running;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The images that this build has written. That of osmo is there if a native binary is. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ImagesIT {
  private static final Path CHECKOUT = Path.of("../..").toAbsolutePath().normalize();
  private static final Path TARGET = Path.of("target");
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The settings of the build that wrote the images. */
  private static final Base BASE = new Base(System.getProperty("osmo.images.base", "scratch"));

  private static final String CACHES = System.getProperty("osmo.images.caches", Images.TRAIN);

  @TempDir static Path unpacked;

  static List<String> images() {
    return Stream.of("token-service", "auth-exchange-service", "osmo")
        .filter(image -> !image.equals("osmo") || Files.exists(TARGET.resolve("osmo.tar")))
        .toList();
  }

  @BeforeAll
  static void unpack() throws IOException {
    for (String image : images()) {
      unpackTo(TARGET, image, unpacked.resolve(image));
    }
  }

  @ParameterizedTest
  @MethodSource("images")
  void an_image_runs_as_a_user_of_its_own_and_says_what_it_is(String image) throws IOException {
    JsonNode config = config(image);

    assertThat(config.at("/config/User").asText()).isEqualTo("10001:10001");
    assertThat(config.at("/config/Labels").path("org.opencontainers.image.title").asText())
        .isEqualTo("osmo/" + image);
    assertThat(config.at("/config/Labels").path("org.opencontainers.image.version").asText())
        .isNotBlank();
    assertThat(config.path("os").asText()).isEqualTo("linux");
  }

  @ParameterizedTest
  @MethodSource("images")
  void only_root_can_write_the_files_of_an_image(String image) throws IOException {
    assumeTrue(BASE.isScratch(), "SKIPPED: the base decides about its own files");
    List<String> writable = new ArrayList<>();
    try (var files = Files.walk(unpacked.resolve(image))) {
      for (Path file : files.toList()) {
        var permissions = Files.getPosixFilePermissions(file);
        if (permissions.contains(PosixFilePermission.OTHERS_WRITE)
            || permissions.contains(PosixFilePermission.GROUP_WRITE)) {
          writable.add(unpacked.resolve(image).relativize(file).toString());
        }
      }
    }
    assertThat(writable).containsExactly("tmp");
  }

  @ParameterizedTest
  @MethodSource("images")
  void an_image_has_the_bill_of_its_materials(String image) throws IOException {
    JsonNode bill =
        JSON.readTree(unpacked.resolve(image).resolve("usr/share/osmo/bom.json").toFile());

    assertThat(bill.path("bomFormat").asText()).isEqualTo("CycloneDX");
    assertThat(bill.at("/metadata/component/name").asText())
        .isEqualTo(image.equals("osmo") ? "osmo-cli" : image);
    assertThat(bill.path("components").findValuesAsText("name")).contains("jackson-databind");
  }

  /** Two trainings differ, so the second build takes the caches of the first. */
  @Test
  void a_second_build_has_the_same_digests(@TempDir Path again) throws IOException {
    build(
        again,
        BASE.reference(),
        CACHES.equals(Images.TRAIN) && Training.isSupported()
            ? TARGET.resolve("caches").toAbsolutePath().toString()
            : CACHES);

    for (String image : images()) {
      assertThat(config(again, image)).isEqualTo(config(image));
      assertThat(digest(again, image)).isEqualTo(digest(TARGET, image));
    }
  }

  @Test
  void the_cache_is_the_last_layer(@TempDir Path without) throws IOException {
    assumeCaches();
    build(without, BASE.reference(), Images.NONE);

    for (String service : Installation.SERVICES) {
      List<JsonNode> layers = layers(TARGET, service);
      assertThat(layers(without, service)).isEqualTo(layers.subList(0, layers.size() - 1));
    }
  }

  @Test
  void the_caches_of_another_build_are_all_there(@TempDir Path folder) {
    assertThatThrownBy(() -> build(folder, "scratch", folder.resolve("none-here").toString()))
        .hasMessageContaining("no cache of token-service");
  }

  @Test
  void a_cache_that_the_runtime_cannot_use_is_not_packed(@TempDir Path folder) throws Exception {
    assumeCaches();
    for (String service : Installation.SERVICES) {
      Files.writeString(folder.resolve(service + ".aot"), "written by another JDK");
    }

    assertThatThrownBy(() -> build(folder, "scratch", folder.toString()))
        .hasMessageContaining("AOT");
  }

  @Test
  void an_image_can_take_its_c_library_from_a_base(@TempDir Path folder) throws Exception {
    assumeSandbox();
    new Image("machine", "", List.of(Image.machine(CLibrary.ofThisMachine())), List.of())
        .write(
            new Release(version(), Instant.parse(created())),
            Base.SCRATCH,
            ImageFormat.Docker,
            folder);
    build(folder, "tar://" + folder.resolve("machine.tar"), Images.NONE);
    String service = "token-service";
    Path root = folder.resolve("root");
    unpackTo(folder, service, root);

    assertThat(run(new Container(root, config(folder, service)), "--help"))
        .contains("token-service --help");
  }

  /** As a cluster runs them: another user, a read-only root, no capability, an empty /tmp. */
  @Nested
  class RunningImages {
    private static final String OPTIONS = "JAVA_TOOL_OPTIONS";
    private static final String ON = "-XX:AOTMode=on";

    @TempDir Path data;

    @BeforeEach
    void sandboxes() {
      assumeSandbox();
    }

    @ParameterizedTest
    @MethodSource("dev.osmo.images.ImagesIT#images")
    void an_image_needs_no_network_and_no_folder(String image) throws Exception {
      boolean command = image.equals("osmo");

      assertThat(run(container(image), command ? "version" : "--help"))
          .contains(command ? "OSMO client version" : image + " --help");
    }

    /** With the mode, a JVM exits if it cannot use its cache. */
    @Test
    void the_services_use_their_caches_and_exchange_tokens() throws Exception {
      assumeCaches();
      try (Installation installation = Installation.prepare(data, CHECKOUT)) {
        List<String> migrate =
            service(installation, "token-service").with(OPTIONS, ON).command("migrate");
        installation.migrate(migrate);
        installation.migrate(migrate);

        for (String mode : List.of(ON, "-XX:AOTMode=off")) {
          installation.run(
              name -> service(installation, name).with(OPTIONS, mode).command(),
              ImagesIT::reportTimes);
        }
      }
      reportSizes();
    }

    @Test
    void a_cache_of_other_files_is_noticed(@TempDir Path copy) throws Exception {
      assumeCaches();
      unpackTo(TARGET, "token-service", copy);
      Files.setLastModifiedTime(
          copy.resolve("app/quarkus-run.jar"), FileTime.from(Instant.EPOCH.plusSeconds(2)));
      Container changed = new Container(copy, config("token-service")).with(OPTIONS, ON);

      assertThatThrownBy(() -> run(changed, "--help")).hasMessageContaining("AOT");
    }

    @Test
    void the_image_of_osmo_is_a_sidecar() throws Exception {
      assumeTrue(images().contains("osmo"), "SKIPPED: there is no native binary");
      try (Installation installation = Installation.prepare(data, CHECKOUT)) {
        installation.migrate(service(installation, "token-service").command("migrate"));

        installation.run(name -> service(installation, name).command(), this::writesOneJwt);
      }
    }

    private void writesOneJwt(Running services) {
      Path data = services.installation().data();
      Path results = data.resolve("results");
      try {
        Files.createDirectories(results);
        Container sidecar =
            container("osmo")
                .reading(data)
                .writing(results)
                .with("OSMO_URL", services.exchangeUrl())
                .with("OSMO_TOKEN_FILE", data.resolve("admin-token").toString())
                .withNetwork();

        run(sidecar, "sidecar", "once", "--sink=file:" + results.resolve("jwt") + ",mode=0440");

        assertThat(Files.readString(results.resolve("jwt")).split("\\.", -1)).hasSize(3);
        assertThat(Files.getPosixFilePermissions(results.resolve("jwt")))
            .isEqualTo(PosixFilePermissions.fromString("r--r-----"));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private Container service(Installation installation, String name) {
      return container(name).reading(installation.data()).withNetwork();
    }
  }

  private static void assumeSandbox() {
    assumeTrue(
        Container.canRun(), "SKIPPED: bubblewrap is not installed, so the images are not run");
  }

  private static void assumeCaches() {
    assumeTrue(Images.hasCaches(CACHES), "SKIPPED: the images have no caches");
  }

  private static Container container(String image) {
    try {
      return new Container(unpacked.resolve(image), config(image));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void reportTimes(Running services) {
    System.out.printf(
        "Ready: token-service after %d ms, auth-exchange-service after %d ms. %s%n",
        services.tokens().startTime().toMillis(),
        services.exchange().startTime().toMillis(),
        services.tokens().output().lines().findFirst().orElse(""));
  }

  private static void reportSizes() throws IOException {
    for (String image : images()) {
      try (Stream<Path> files = Files.walk(unpacked.resolve(image))) {
        long bytes =
            files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
        System.out.printf(
            "%s.tar: %d MB, unpacked %d MB%n",
            image, Files.size(TARGET.resolve(image + ".tar")) / 1_000_000, bytes / 1_000_000);
      }
    }
  }

  /** The output of a container that succeeds. */
  private static String run(Container container, String... arguments) {
    return Programs.run(container.command(arguments).toArray(String[]::new));
  }

  private static void build(Path output, String base, String caches) throws IOException {
    Images.main(CHECKOUT.toString(), output.toString(), version(), created(), base, caches);
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

  private static List<JsonNode> layers(Path folder, String name) throws IOException {
    List<JsonNode> layers = new ArrayList<>();
    manifest(files(folder, name)).path("layers").forEach(layers::add);
    return layers;
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

  private static void unpackTo(Path folder, String name, Path root) throws IOException {
    Files.createDirectories(root);
    Map<String, byte[]> files = files(folder, name);
    for (JsonNode layer : manifest(files).path("layers")) {
      try (InputStream bytes =
              new ByteArrayInputStream(blob(files, layer.path("digest").asText()));
          TarArchiveInputStream tar = new TarArchiveInputStream(new GZIPInputStream(bytes))) {
        for (TarArchiveEntry entry = tar.getNextEntry();
            entry != null;
            entry = tar.getNextEntry()) {
          unpack(tar, entry, root);
        }
      }
    }
  }

  private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path root)
      throws IOException {
    Path file = root.resolve(entry.getName());
    if (entry.isSymbolicLink()) {
      Files.createDirectories(file.resolveSibling("."));
      Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
      return;
    }
    if (entry.isDirectory()) {
      Files.createDirectories(file);
    } else if (entry.isLink()) {
      Files.createLink(file, root.resolve(entry.getLinkName()));
    } else {
      Files.createDirectories(file.resolveSibling("."));
      Files.write(file, tar.readAllBytes());
      Files.setLastModifiedTime(file, FileTime.from(entry.getLastModifiedTime().toInstant()));
    }
    Files.setPosixFilePermissions(file, permissions(entry.getMode()));
    if (BASE.isScratch()) {
      assertThat(entry.getMode() & 07000).as(entry.getName()).isZero();
      assertThat(entry.getLongUserId()).as(entry.getName()).isZero();
    }
  }

  private static Set<PosixFilePermission> permissions(int mode) {
    StringBuilder text = new StringBuilder();
    for (int bit = 8; bit >= 0; bit--) {
      text.append((mode & (1 << bit)) == 0 ? '-' : "rwx".charAt(2 - bit % 3));
    }
    return PosixFilePermissions.fromString(text.toString());
  }
}
