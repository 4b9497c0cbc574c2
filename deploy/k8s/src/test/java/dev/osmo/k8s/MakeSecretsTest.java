package dev.osmo.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import dev.osmo.testkit.contracts.Repository;
import dev.osmo.testkit.process.Finished;
import dev.osmo.testkit.waiting.Patience;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script that writes the secrets, with a program in the place of {@code osmo}. */
class MakeSecretsTest {
  @TempDir Path folder;

  @Test
  void a_second_run_keeps_every_file() throws Exception {
    assertThat(run("echo first")).isZero();
    String pepper = Files.readString(folder.resolve("secrets/pepper"));
    assertThat(run("echo second")).isZero();

    assertThat(folder.resolve("secrets/admin-token")).hasContent("first");
    assertThat(folder.resolve("secrets/pepper")).hasContent(pepper);
    assertThat(pepper).matches("\\* p1 [A-Za-z0-9+/]{43}=\n");
  }

  @Test
  void a_run_that_is_stopped_leaves_no_file_that_is_not_complete() throws Exception {
    assertThat(run("kill -TERM $PPID")).isNotZero();

    assertThat(written()).contains("pepper").noneMatch(name -> name.startsWith("admin-token"));
  }

  @Test
  void a_command_that_fails_stops_the_script_and_leaves_no_file() throws Exception {
    assertThat(run("echo half; exit 3")).isEqualTo(3);

    assertThat(written()).contains("pepper").noneMatch(name -> name.startsWith("admin-token"));
  }

  private int run(String osmo) throws IOException, InterruptedException {
    Path program = Files.writeString(folder.resolve("osmo"), "#!/bin/sh\n" + osmo + "\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    ProcessBuilder script =
        new ProcessBuilder(
                Repository.path("deploy/k8s/make-secrets").toString(),
                folder.resolve("secrets").toString())
            .redirectErrorStream(true);
    script.environment().put("OSMO", program.toString());
    return Finished.run(script, Patience.LONG).exitCode();
  }

  private List<String> written() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("secrets"))) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
