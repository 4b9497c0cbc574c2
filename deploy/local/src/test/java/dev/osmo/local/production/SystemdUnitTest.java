package dev.osmo.local.production;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.osmo.testkit.process.Finished;
import dev.osmo.testkit.waiting.Patience;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The unit of the page starts what {@link ProductionIT} starts, and systemd accepts it. */
class SystemdUnitTest {
  private static final OperatorPage PAGE = OperatorPage.of("installing.rst");
  private static final String UNIT = PAGE.block("Services", "[Service]");
  private static final String JAVA = "/usr/lib/jvm/temurin-25-jdk-amd64/bin/java";

  @TempDir Path folder;

  @Test
  void it_starts_what_the_commands_of_a_shell_start() {
    for (String service : List.of("token-service", "auth-exchange-service")) {
      String unit = UNIT.replace("%i", service);
      String shell = PAGE.block("Services", "exec java -jar /opt/osmo/" + service + "/");

      assertThat(shell).contains(". " + setting(unit, "EnvironmentFile") + "\n");
      assertThat(shell).contains("exec " + setting(unit, "ExecStart").replace(JAVA, "java") + "\n");
    }
  }

  @Test
  void its_user_is_the_one_that_the_page_creates_and_that_owns_the_files() {
    String user = setting(UNIT, "User");

    assertThat(PAGE.block("Services", "useradd").strip()).endsWith(" " + user);
    assertThat(PAGE.text()).contains("-o %1$s -g %1$s ".formatted(user));
    assertThat(setting(UNIT, "Group")).isEqualTo(user);
  }

  @Test
  void systemd_accepts_it() throws Exception {
    assumeInstalled();

    assertThat(verify(UNIT)).isEmpty();
  }

  @Test
  void a_setting_that_does_not_exist_is_found() throws Exception {
    assumeInstalled();

    assertThat(verify(UNIT.replace("ProtectHome=", "ProtectHomes="))).contains("ProtectHomes");
  }

  /** What it warns of. The program and the user of this machine take the place of the page's. */
  private String verify(String unit) throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("osmo@token-service.service"),
            unit.replace(JAVA, System.getProperty("java.home") + "/bin/java")
                .replaceAll("(User|Group)=osmo", "$1=root"));
    return Finished.run(
            new ProcessBuilder("systemd-analyze", "verify", "--man=no", file.toString())
                .redirectErrorStream(true),
            Patience.LONG)
        .output()
        .lines()
        .filter(line -> line.contains("osmo@"))
        .reduce("", (all, line) -> all + line + "\n");
  }

  private static String setting(String unit, String name) {
    return unit.lines()
        .filter(line -> line.startsWith(name + "="))
        .map(line -> line.substring(name.length() + 1))
        .findFirst()
        .orElseThrow();
  }

  private static void assumeInstalled() {
    assumeTrue(
        Stream.of(System.getenv("PATH").split(":"))
            .anyMatch(path -> Files.isExecutable(Path.of(path, "systemd-analyze"))),
        "SKIPPED: systemd-analyze is not installed, so systemd does not check the unit");
  }
}
