package dev.osmo.local.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.osmo.testkit.process.Finished;
import dev.osmo.testkit.waiting.Patience;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code deploy/release} in a project whose Maven only writes the files of a build. */
class ReleaseScriptTest {

  /** Copies a committed file to each place where the script expects a file. */
  private static final String FAKE_BUILD =
      """
      #!/bin/sh
      set -e
      cd "$(dirname "$0")"
      for file in osmo-cli/target/osmo-1.2.3-jvm.tar.gz osmo-cli/client/target/osmo-client-1.2.3.jar \\
        osmo-cli/target/bom.json osmo-cli/client/target/bom.json $(cat native); do
        mkdir -p "$(dirname "$file")"
        { cat source; echo "$file"; cat "$DIFFERENT" 2>/dev/null || true; } > "$file"
      done
      """;

  private static final String NATIVE =
      "osmo-cli/target/osmo-1.2.3-linux-x86_64.tar.gz osmo-cli/target/osmo_1.2.3_amd64.deb"
          + " deploy/images/target/osmo.tar";

  @TempDir Path temp;

  private Path root;
  private Path different;

  @BeforeEach
  void commit_a_project() throws Exception {
    root = temp.resolve("my project");
    different = temp.resolve("different");
    write("pom.xml", "<project>\n  <version>1.2.3</version>\n</project>\n");
    write("source", "committed\n");
    write("native", "");
    for (String service : List.of("token-service", "auth-exchange-service")) {
      write("src-docs/contracts/openapi-" + service + ".json", service + "\n");
    }
    script("mvnw", FAKE_BUILD);
    script("deploy/release", Files.readString(Path.of("../release")));
    git("init", "-q");
    commit();
  }

  @Test
  void the_files_of_the_last_commit_are_collected_with_their_checksums() throws Exception {
    write("source", "not committed\n");

    Finished release = release();

    assertThat(release.exitCode()).as(release.output()).isZero();
    Path out = root.resolve("target/release");
    assertThat(namesIn(out))
        .containsExactly(
            "SHA256SUMS",
            "auth-exchange-service-1.2.3-openapi.json",
            "osmo-1.2.3-bom.json",
            "osmo-1.2.3-jvm.tar.gz",
            "osmo-client-1.2.3-bom.json",
            "osmo-client-1.2.3.jar",
            "token-service-1.2.3-openapi.json");
    assertThat(out.resolve("osmo-1.2.3-jvm.tar.gz")).content().startsWith("committed");
    assertThat(out.resolve("token-service-1.2.3-openapi.json")).hasContent("token-service");
    Finished checked = run(out, "sha256sum", "--strict", "-c", "SHA256SUMS");
    assertThat(checked.exitCode()).as(checked.output()).isZero();
    assertThat(checked.output().lines()).hasSize(6);
  }

  @Test
  void with_a_native_builder_its_packages_are_among_them() throws Exception {
    write("native", NATIVE);
    commit();

    release();

    assertThat(namesIn(root.resolve("target/release")))
        .contains("osmo-1.2.3-linux-x86_64.tar.gz", "osmo_1.2.3_amd64.deb", "osmo-1.2.3-image.tar");
  }

  @Test
  void two_equal_builds_are_a_release() throws Exception {
    Finished release = release("--twice");

    assertThat(release.exitCode()).as(release.output()).isZero();
    assertThat(release.output()).contains("Both builds have the same checksums.");
  }

  /** The native builder does not create the same binary again. */
  @Test
  void the_files_with_the_native_binary_are_not_compared() throws Exception {
    write("native", NATIVE);
    script("mvnw", FAKE_BUILD + "tee $(cat native) < /proc/sys/kernel/random/uuid > /dev/null\n");
    commit();

    Finished release = release("--twice");

    assertThat(release.exitCode()).as(release.output()).isZero();
  }

  @Test
  void two_builds_that_differ_are_none() throws Exception {
    // Linux makes another one for each reader.
    Files.createSymbolicLink(different, Path.of("/proc/sys/kernel/random/uuid"));

    Finished release = release("--twice");

    assertThat(release.exitCode()).isEqualTo(1);
    assertThat(release.output())
        .contains("osmo-1.2.3-jvm.tar.gz", "The two builds differ", "Compare ");
    assertThat(root.resolve("target/release")).doesNotExist();
    String kept = release.output().replaceAll("(?s).*Compare (.*?)/files and .*", "$1");
    run(temp, "rm", "-r", kept);
  }

  @Test
  void a_folder_with_other_files_is_not_emptied() throws Exception {
    Path photos = Files.createDirectories(temp.resolve("photos"));
    Files.writeString(photos.resolve("me.jpg"), "x");

    Finished refused = release("--out", photos.toString());

    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(namesIn(photos)).containsExactly("me.jpg");
  }

  @Test
  void the_files_of_an_earlier_release_are_replaced() throws Exception {
    release();
    Files.writeString(root.resolve("target/release/osmo-1.2.2-jvm.tar.gz"), "old");

    assertThat(release().exitCode()).isZero();

    assertThat(namesIn(root.resolve("target/release"))).doesNotContain("osmo-1.2.2-jvm.tar.gz");
  }

  @Test
  void a_build_that_fails_is_no_release() throws Exception {
    script("mvnw", "#!/bin/sh\necho no such symbol; exit 1\n");
    commit();

    Finished failed = release();

    assertThat(failed.exitCode()).isNotZero();
    assertThat(failed.output()).contains("no such symbol");
    assertThat(root.resolve("target/release")).doesNotExist();
  }

  private Finished release(String... options) throws Exception {
    List<String> command = new ArrayList<>(List.of(root.resolve("deploy/release").toString()));
    command.addAll(List.of(options));
    return run(temp, command.toArray(String[]::new));
  }

  private void commit() throws Exception {
    git("add", "-A");
    git("-c", "user.name=me", "-c", "user.email=me@example.com", "commit", "-qm", "A commit");
  }

  private void git(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(arguments));
    Finished git = run(root, command.toArray(String[]::new));
    assertThat(git.exitCode()).as(git.output()).isZero();
  }

  private Finished run(Path folder, String... command) throws Exception {
    ProcessBuilder program =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    program.environment().keySet().removeIf(name -> name.startsWith("GIT_"));
    program.environment().put("DIFFERENT", different.toString());
    return Finished.run(program, Patience.LONG);
  }

  private static List<String> namesIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private void write(String file, String text) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private void script(String file, String text) throws IOException {
    write(file, text);
    Files.setPosixFilePermissions(root.resolve(file), PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
