package dev.osmo.cli;

import static java.util.Comparator.comparing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.osmo.cli.output.Table;
import dev.osmo.cli.server.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The packages that the build creates: unpacked in another place and run. */
class PackagingIT {
  private static final Path TARGET = Path.of("target").toAbsolutePath();
  private static final String VERSION = Contracts.projectVersion();
  private static final Path JAVA = Path.of(System.getProperty("java.home"));

  @TempDir Path folder;
  Path home;

  @BeforeEach
  void emptyHome() throws IOException {
    home = Files.createDirectory(folder.resolve("home"));
  }

  @Test
  void the_jvm_package_runs_where_it_is_unpacked() {
    Path osmo = unpacked("jvm").resolve("bin/osmo");

    assertThat(run(osmo.toString(), "version"))
        .isEqualTo(new CommandResult(0, "OSMO client version:  " + VERSION + "\n", ""));
  }

  /** So the same files result in the same archive. */
  @Test
  void the_jvm_package_does_not_show_when_and_by_whom_it_was_built() throws IOException {
    assertNormalized("jvm");
  }

  /** Quarkus numbers them in the order in which parallel steps finish. */
  @Test
  void the_generated_classes_of_the_jvm_package_are_numbered_in_their_order() throws IOException {
    Path jar = unpacked("jvm").resolve("lib/osmo/quarkus/generated-bytecode.jar");
    Set<String> keys = new LinkedHashSet<>();
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      for (ZipEntry entry : zip.stream().sorted(comparing(ZipEntry::getName)).toList()) {
        try (InputStream content = zip.getInputStream(entry)) {
          String text = new String(content.readAllBytes(), StandardCharsets.ISO_8859_1);
          Pattern.compile("proxykey\\d+")
              .matcher(text)
              .results()
              .forEach(key -> keys.add(key.group()));
        }
      }
    }

    assertThat(keys)
        .hasSizeGreaterThan(5)
        .containsExactlyElementsOf(
            IntStream.range(0, keys.size()).mapToObj(i -> "proxykey" + i).toList());
  }

  /** It signs anybody in, so it is for tests only. */
  @Test
  void the_jvm_package_contains_no_identity_provider() throws IOException {
    try (Stream<Path> files = Files.walk(unpacked("jvm"))) {
      assertThat(files.map(Path::toString))
          .anyMatch(name -> name.contains("qrcodegen"))
          .noneMatch(name -> name.contains("dev-provider") || name.contains("oauth2-oidc-sdk"));
    }
  }

  /** Runs the script with an option that makes Java fail without the cache. */
  @Test
  void its_cache_works_with_the_java_of_the_build() throws IOException {
    assumeTrue(Runtime.version().feature() >= 25, "NO CACHE: Java 25 is the first to train one");
    Path osmo = unpacked("jvm").resolve("bin/osmo");
    String insisting = "JDK_JAVA_OPTIONS=-XX:AOTMode=on exec " + osmo + " version";

    assertThat(run("/bin/sh", "-c", insisting).out())
        .isEqualTo("OSMO client version:  " + VERSION + "\n");

    Files.writeString(osmo.resolveSibling("../lib/osmo/osmo.aot"), "not a cache");
    assertThat(run("/bin/sh", "-c", insisting).code()).isNotZero();
  }

  /** The cache of the checkout, which {@code deploy/local/up} and this build write alike. */
  @Test
  void the_cache_includes_what_a_command_with_a_server_loads() throws IOException {
    assumeTrue(Runtime.version().feature() >= 25, "NO CACHE: Java 25 is the first to train one");
    Path loaded = folder.resolve("loaded");

    CommandResult listed =
        run(
            JAVA.resolve("bin/java").toString(),
            Path.of("packaging/Training.java").toAbsolutePath().toString(),
            JAVA.resolve("bin/java").toString(),
            "-XX:AOTCache=" + TARGET.resolve("osmo.aot"),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xlog:class+load:file=" + loaded,
            "--enable-native-access=ALL-UNNAMED",
            "-jar",
            TARGET.resolve("quarkus-app/quarkus-run.jar").toString(),
            "token",
            "list");

    assertThat(listed.out()).contains("| training ");
    for (Class<?> type : List.of(ServerResponse.class, Table.class)) {
      assertThat(Files.readAllLines(loaded))
          .filteredOn(line -> line.contains(" " + type.getName() + " "))
          .singleElement()
          .asString()
          .contains("source: shared objects file");
    }
  }

  @Test
  void a_cache_of_another_java_is_ignored() throws IOException {
    Path osmo = unpacked("jvm").resolve("bin/osmo");
    Path cache = osmo.resolveSibling("../lib/osmo/osmo.aot");
    for (String damage : List.of("", "not a cache")) {
      Files.writeString(cache, damage);

      assertThat(run(osmo.toString(), "version").err()).isEmpty();
      assertThat(run(osmo.toString(), "version").code()).isZero();
    }
    Files.delete(cache);
    assertThat(run(osmo.toString(), "version").err()).isEmpty();
  }

  @Test
  void a_cache_of_another_build_is_ignored() throws IOException {
    Path osmo = unpacked("jvm").resolve("bin/osmo");
    Path jar = osmo.resolveSibling("../lib/osmo/quarkus-run.jar");
    Files.setLastModifiedTime(jar, FileTime.fromMillis(0));

    assertThat(run(osmo.toString(), "version"))
        .isEqualTo(new CommandResult(0, "OSMO client version:  " + VERSION + "\n", ""));
  }

  @Test
  void every_manual_page_renders_without_a_warning() throws IOException {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/man")), "NO MANUAL: man is not installed");
    Path pages = unpacked("jvm").resolve("share/man/man1");
    try (var files = Files.list(pages)) {
      List<String> names = files.map(Path::toString).sorted().toList();
      assertThat(names).hasSizeGreaterThan(20);
      for (String page : names) {
        CommandResult ran = run("/usr/bin/man", "--warnings", "-l", page);

        assertThat(ran.err()).as(page).isEmpty();
        assertThat(ran.out()).contains("NAME", "SYNOPSIS");
        assertThat(ran.code()).isZero();
      }
    }
  }

  /** Runs the commands of one section, in the directory of the packages. */
  private void typed(String chapter) throws IOException {
    String page = Contracts.text(Contracts.DOCS.resolve("user/install.rst"));
    String text = page.substring(page.indexOf("\n" + chapter + "\n"));
    for (String block : commands(text.split("\n---+\n", 3)[1])) {
      CommandResult ran = run("/bin/bash", "-euc", asInATest(block));

      assertThat(ran.code()).as("%s%n%s", block, ran.err()).isZero();
    }
  }

  private static List<String> commands(String text) {
    return Stream.of(text.split("\\.\\. code-block:: bash\n", -1))
        .skip(1)
        .map(
            block ->
                block
                    .lines()
                    .takeWhile(line -> line.isEmpty() || line.startsWith("   "))
                    .collect(Collectors.joining("\n")))
        .toList();
  }

  /** Installs the package into a directory instead of the machine. */
  private String asInATest(String block) {
    return "cd "
        + TARGET
        + "\nPATH=$HOME/unpacked/usr/bin:$HOME/.local/bin:$JAVA_HOME/bin:$PATH\n"
        + block
            .replace("0.1.0", VERSION)
            .replace("linux-x86_64", System.getProperty("osmo.platform"))
            .replace("sudo dpkg -i", "dpkg-deb --extract")
            .replaceAll("(?m)(\\.deb)$", "$1 ~/unpacked");
  }

  @Test
  void the_installation_page_for_a_jvm_works() throws IOException {
    typed("On a JVM");
    typed("Completion and manual");
  }

  @Nested
  @ExtendWith(NativeBinary.class)
  class Native {
    @Test
    void the_installation_page_for_the_binary_works() throws IOException {
      typed("From a tarball");
      typed("Completion and manual");
      typed("On Debian and Ubuntu");
    }

    @Test
    void the_tarball_has_the_binary_the_manual_and_the_completions() {
      Path osmo = unpacked(System.getProperty("osmo.platform"));

      assertThat(run(osmo.resolve("bin/osmo").toString(), "version"))
          .isEqualTo(new CommandResult(0, "OSMO client version:  " + VERSION + "\n", ""));
      assertThat(osmo.resolve("share/man/man1/osmo-token-set.1")).isNotEmptyFile();
      assertThat(osmo.resolve("share/bash-completion/completions/osmo")).isNotEmptyFile();
      assertThat(osmo.resolve("share/zsh/site-functions/_osmo")).isNotEmptyFile();
      assertThat(osmo.resolve("share/fish/vendor_completions.d/osmo.fish")).isNotEmptyFile();
    }

    @Test
    void the_packages_do_not_show_when_and_by_whom_they_were_built() throws IOException {
      assertNormalized(System.getProperty("osmo.platform"));
      assumeTrue(
          Files.isExecutable(Path.of("/usr/bin/dpkg-deb")), "NO PACKAGE: dpkg-deb is missing");
      String time = Contracts.timeOfTheBuild();
      Path deb = deb();

      CommandResult files = run("/bin/sh", "-c", "dpkg-deb --fsys-tarfile " + deb + LIST);

      assertThat(files.out().lines())
          .isNotEmpty()
          .allMatch(line -> line.matches("[-d]\\S+ 0/0 +\\d+ " + time + " \\./.*"));
    }

    @Test
    void the_debian_package_has_the_same_files_owned_by_root() throws IOException {
      assumeTrue(
          Files.isExecutable(Path.of("/usr/bin/dpkg-deb")), "NO PACKAGE: dpkg-deb is missing");
      String deb = deb().toString();

      assertThat(run("/usr/bin/dpkg-deb", "--field", deb, "Package", "Version").out())
          .isEqualTo("Package: osmo\nVersion: " + VERSION + "\n");
      assertThat(run("/usr/bin/dpkg-deb", "--contents", deb).out().lines())
          .anyMatch(line -> line.matches("-rwxr-xr-x root/root .* \\./usr/bin/osmo"))
          .anyMatch(line -> line.matches("-rw-r--r-- root/root .* \\./usr/share/man/man1/osmo\\.1"))
          .allMatch(line -> line.contains(" root/root "));
      run("/usr/bin/dpkg-deb", "--extract", deb, folder.resolve("root").toString());
      assertThat(run(folder.resolve("root/usr/bin/osmo").toString(), "version").code()).isZero();
    }

    /** Into a separate root directory, with a separate package database. */
    @Test
    void the_debian_package_installs_and_uninstalls() throws IOException {
      assumeTrue(Files.isExecutable(Path.of("/usr/bin/dpkg")), "NO PACKAGE: dpkg is missing");
      assumeTrue(
          Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0),
          "NOT AS ROOT: dpkg gives files to root");
      Path root = Files.createDirectories(folder.resolve("root/var/lib/dpkg/info")).getParent();
      Files.createDirectories(root.resolve("updates"));
      Files.createFile(root.resolve("status"));

      CommandResult installed = dpkg("--force-depends", "--install", deb().toString());
      assertThat(installed.code()).as(installed.err()).isZero();
      assertThat(run(folder.resolve("root/usr/bin/osmo").toString(), "version").code()).isZero();
      assertThat(dpkg("--verify", "osmo")).isEqualTo(new CommandResult(0, "", ""));

      CommandResult removed = dpkg("--purge", "osmo");
      assertThat(removed.code()).as(removed.err()).isZero();
      try (var left = Files.walk(folder.resolve("root"))) {
        assertThat(left.map(Path::toString)).noneMatch(path -> path.contains("osmo"));
      }
    }

    private CommandResult dpkg(String... arguments) {
      Stream<String> command = Stream.of("/usr/bin/dpkg", "--root=" + folder.resolve("root"));
      return run(Stream.concat(command, Stream.of(arguments)).toArray(String[]::new));
    }

    private Path deb() throws IOException {
      try (var files = Files.newDirectoryStream(TARGET, "osmo_" + VERSION + "_*.deb")) {
        return files.iterator().next();
      }
    }
  }

  private static final String LIST = " | tar --numeric-owner --full-time --utc -tv";

  private void assertNormalized(String kind) throws IOException {
    CommandResult listed = run("/bin/sh", "-c", "gzip -dc " + tarball(kind) + LIST);

    assertThat(listed.out().lines())
        .isNotEmpty()
        .allMatch(
            line ->
                line.matches(
                    "[-d]\\S+ 0/0 +\\d+ "
                        + Contracts.timeOfTheBuild()
                        + " osmo-"
                        + VERSION
                        + "/.*"));
    // Not in the order in which a file system lists them.
    for (String folder : List.of("bin", "share", "lib")) {
      String prefix = "osmo-" + VERSION + "/" + folder + "/";
      assertThat(
              listed
                  .out()
                  .lines()
                  .map(line -> line.replaceFirst("^(\\S+ +){5}", ""))
                  .filter(name -> name.startsWith(prefix) && !name.endsWith("/"))
                  .map(name -> name.replace('/', '\0')))
          .isSorted();
    }
  }

  private static Path tarball(String kind) {
    return TARGET.resolve("osmo-" + VERSION + "-" + kind + ".tar.gz");
  }

  private Path unpacked(String kind) {
    Path tarball = tarball(kind);
    assertThat(run("/bin/tar", "-xzf", tarball.toString(), "-C", folder.toString()))
        .isEqualTo(new CommandResult(0, "", ""));
    return folder.resolve("osmo-" + VERSION);
  }

  private CommandResult run(String... command) {
    Map<String, String> environment =
        Map.of(
            "HOME",
            home.toString(),
            "PATH",
            "/usr/sbin:/usr/bin:/sbin:/bin",
            "LC_ALL",
            "C.UTF-8",
            "JAVA_HOME",
            JAVA.toString());
    return Started.silently(home, environment, List.of(command)).finish();
  }
}
