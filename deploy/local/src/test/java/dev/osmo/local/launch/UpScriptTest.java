package dev.osmo.local.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.osmo.testkit.process.Finished;
import dev.osmo.testkit.waiting.Patience;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code up} in a project whose Maven and Java only record their arguments. */
class UpScriptTest {
  private static final List<String> QUARKUS_MODULES =
      List.of("token-service", "auth-exchange-service", "osmo-cli", "deploy/sample-api");

  @TempDir Path temp;

  private Path root;
  private Path jdk;

  record Run(int exitCode, String out, String err) {}

  @BeforeEach
  void create_a_project() throws IOException {
    root = temp.resolve("my project");
    jdk = temp.resolve("jdk");
    Files.createDirectories(root.resolve(".mvn"));
    Files.copy(Path.of("../../.mvn/find-jdk.sh"), root.resolve(".mvn/find-jdk.sh"));
    for (String module : QUARKUS_MODULES) {
      source(module);
    }
    source("deploy/local");
    source("deploy/dev-provider");
    source("token-service/token-format");
    Files.createDirectories(root.resolve("src-docs/contracts"));
    Files.writeString(root.resolve("src-docs/contracts/routes.json"), "{}");
    Files.writeString(root.resolve("pom.xml"), "<project/>");
    script(root.resolve("deploy/local/up"), Files.readString(Path.of("up")));
    script(
        root.resolve("mvnw"),
        "#!/bin/sh\nprintf '%s\\n' \"$@\" > '"
            + temp.resolve("maven-arguments")
            + "'\n"
            + FAKE_BUILD);
    script(
        root.resolve("osmo-cli/packaging/train"),
        Files.readString(Path.of("../../osmo-cli/packaging/train")));
    script(
        jdk.resolve("bin/java"),
        "#!/bin/sh\ncase $* in *AOTCacheOutput*) name=training ;; *) name=java ;; esac\n"
            + "printf '%s\\n' \"$@\" > '"
            + temp
            + "'/$name-arguments\n");
    script(jdk.resolve("bin/javac"), "#!/bin/sh\n");
    Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"21.0.1\"\n");
  }

  private static final String FAKE_BUILD =
      """
      cd "$(dirname "$0")"
      [ ! -f fail ] || { echo '[INFO] Building osmo-cli 0.1.0'; echo '[ERROR] no such symbol'; exit 1; }
      echo '[INFO] Building token-service 0.1.0                                    [1/5]'
      for module in token-service auth-exchange-service osmo-cli deploy/sample-api; do
        mkdir -p $module/target/quarkus-app && touch $module/target/quarkus-app/quarkus-run.jar
      done
      mkdir -p deploy/local/target && touch deploy/local/target/osmo-local.jar
      """;

  private void source(String module) throws IOException {
    Path source = root.resolve(module).resolve("src/main/java/A.java");
    Files.createDirectories(source.getParent());
    Files.writeString(source, "class A {}");
    Files.writeString(root.resolve(module).resolve("pom.xml"), "<project/>");
  }

  private static void script(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Run up(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(root.resolve("deploy/local/up").toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(temp.toFile());
    builder.redirectError(temp.resolve("stderr").toFile());
    builder.environment().put("JAVA_HOME", jdk.toString());
    Finished finished = Finished.run(builder, Patience.LONG);
    return new Run(
        finished.exitCode(), finished.output(), Files.readString(temp.resolve("stderr")));
  }

  private List<String> arguments(String program) throws IOException {
    return Files.readAllLines(temp.resolve(program + "-arguments"));
  }

  private void makeOld(Path file) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(3600)));
  }

  @Test
  void a_missing_build_is_made_and_the_launcher_gets_the_options_unchanged() throws Exception {
    Run run = up("--data", "some where", "--port", "9090", "--demo");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("Building", "token-service …", "target/up-build.log");
    assertThat(arguments("maven"))
        .contains(
            "-Dosmo.alone",
            "token-service,auth-exchange-service,osmo-cli,deploy/sample-api,deploy/local",
            "-am",
            "package");
    assertThat(arguments("java"))
        .containsSubsequence(
            "-jar",
            root.toRealPath().resolve("deploy/local/target/osmo-local.jar").toString(),
            "--train",
            "--data",
            "some where",
            "--port",
            "9090",
            "--demo");
  }

  @Test
  void a_build_of_the_command_line_is_followed_by_its_ahead_of_time_cache() throws Exception {
    up();

    Path target = root.toRealPath().resolve("osmo-cli/target");
    assertThat(arguments("training"))
        .contains(
            "-XX:AOTCacheOutput=" + target.resolve("osmo.aot"),
            target.resolve("quarkus-app/quarkus-run.jar").toString());
    Files.delete(temp.resolve("training-arguments"));

    up();
    assertThat(temp.resolve("training-arguments")).as("only then").doesNotExist();
  }

  @Test
  void an_existing_build_is_not_repeated() throws Exception {
    up();
    Files.delete(temp.resolve("maven-arguments"));

    Run run = up();

    assertThat(run.out()).isEmpty();
    assertThat(temp.resolve("maven-arguments")).doesNotExist();
    assertThat(arguments("java")).doesNotContain("--train");
  }

  @Test
  void only_a_module_older_than_its_sources_is_built_again() throws Exception {
    up();
    makeOld(root.resolve("osmo-cli/target/quarkus-app/quarkus-run.jar"));

    up();

    assertThat(arguments("maven")).contains("osmo-cli").doesNotContain("token-service,osmo-cli");
    assertThat(arguments("java")).doesNotContain("--train");
  }

  @Test
  void a_change_of_a_shared_library_rebuilds_its_users() throws Exception {
    up();
    for (String module : QUARKUS_MODULES) {
      makeOld(root.resolve(module).resolve("target/quarkus-app/quarkus-run.jar"));
      makeOld(root.resolve(module).resolve("src/main/java/A.java"));
    }

    up();

    assertThat(arguments("maven"))
        .contains("token-service,auth-exchange-service,osmo-cli,deploy/sample-api");
  }

  @Test
  void a_change_of_the_route_table_rebuilds_the_launcher() throws Exception {
    up();
    Path routes = root.resolve("src-docs/contracts/routes.json");
    makeOld(root.resolve("deploy/local/src/main/java/A.java"));
    makeOld(root.resolve("deploy/dev-provider/src/main/java/A.java"));
    makeOld(root.resolve("deploy/local/pom.xml"));
    makeOld(root.resolve("token-service/token-format/src/main/java/A.java"));
    makeOld(root.resolve("pom.xml"));
    makeOld(routes);
    Files.setLastModifiedTime(
        root.resolve("deploy/local/target/osmo-local.jar"),
        FileTime.from(Instant.now().minusSeconds(1800)));
    Files.delete(temp.resolve("maven-arguments"));

    up();
    assertThat(temp.resolve("maven-arguments")).doesNotExist();

    Files.setLastModifiedTime(routes, FileTime.from(Instant.now()));
    up();
    assertThat(arguments("maven"))
        .contains("token-service,auth-exchange-service,osmo-cli,deploy/sample-api,deploy/local");
  }

  @Test
  void a_change_of_the_identity_provider_rebuilds_the_launcher_only() throws Exception {
    up();
    Files.setLastModifiedTime(
        root.resolve("deploy/dev-provider/src/main/java/A.java"),
        FileTime.from(Instant.now().plusSeconds(60)));

    up();

    assertThat(arguments("maven")).contains("deploy/local").doesNotContain("osmo-cli");
  }

  @Test
  void with_no_build_nothing_is_built_and_the_launcher_does_not_get_the_option() throws Exception {
    up();
    Files.delete(temp.resolve("maven-arguments"));
    makeOld(root.resolve("osmo-cli/target/quarkus-app/quarkus-run.jar"));

    up("--no-build", "--port", "9090");

    assertThat(temp.resolve("maven-arguments")).doesNotExist();
    assertThat(arguments("java")).doesNotContain("--no-build").endsWith("--port", "9090");
  }

  @Test
  void no_build_without_a_build_has_a_clear_message() throws Exception {
    Run run = up("--no-build");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err().strip().lines())
        .singleElement()
        .asString()
        .contains("not built", "without --no-build");
  }

  @Test
  void a_failed_build_shows_the_last_lines_and_the_path_of_its_log() throws Exception {
    Files.createFile(root.resolve("fail"));

    Run run = up();

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .contains("The build failed", "target/up-build.log", "[ERROR] no such symbol");
    assertThat(temp.resolve("java-arguments")).doesNotExist();
  }

  @Test
  void help_does_not_build() throws Exception {
    Run run = up("--help");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("--data DIR", "--port N", "--demo", "--no-build");
    assertThat(temp.resolve("maven-arguments")).doesNotExist();
  }

  @Test
  void an_unknown_option_is_refused_before_the_build() throws Exception {
    assertThat(up("--bogus"))
        .isEqualTo(
            new Run(2, "", "osmo: Unknown option: '--bogus'. See: deploy/local/up --help\n"));
    assertThat(up("--demo", "--port"))
        .isEqualTo(
            new Run(
                2, "", "osmo: Missing value for option '--port'. See: deploy/local/up --help\n"));
    assertThat(temp.resolve("maven-arguments")).doesNotExist();
  }

  @Test
  void the_value_of_an_option_can_be_any_text() throws Exception {
    up("--data", "--no-build", "--port=9090", "--audience=reports", "--audience", "--demo");

    assertThat(arguments("java"))
        .endsWith(
            "--data", "--no-build", "--port=9090", "--audience=reports", "--audience", "--demo");
  }
}
