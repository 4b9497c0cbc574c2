package dev.osmo.testkit.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for the packaged service of the module under test. */
public interface PackagedServiceContract {

  /**
   * Parts of the names of libraries that the service never uses: its extensions bring them, or only
   * tests need them, such as the identity provider without passwords.
   */
  default List<String> unused() {
    return List.of("webjars", "brotli4j", "glassfish", "angus", "dev-provider", "oauth2-oidc-sdk");
  }

  @Test
  default void it_contains_no_library_that_it_never_uses() throws IOException {
    try (Stream<Path> libraries = Files.list(Path.of("target", "quarkus-app", "lib", "main"))) {
      assertThat(libraries.map(Path::getFileName).map(Path::toString))
          .anyMatch(name -> name.contains("netty"))
          .noneMatch(name -> unused().stream().anyMatch(name::contains));
    }
  }

  /** The first words of the commands of the service. */
  List<String> commands();

  /** A mistyped command must not start a server. */
  @ParameterizedTest
  @ValueSource(strings = {"migrat", "", "MIGRATE", "--port=1", "migrate twice"})
  default void an_unknown_command_line_is_refused(String arguments) {
    try (ServiceProcess service = ServiceProcess.launch(Map.of(), arguments.split(" ", -1))) {
      assertThat(service.exitCode()).as(service.output()).isEqualTo(2);
      assertThat(service.output()).contains("does not accept these arguments").contains(commands());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"--help", "-h", "help"})
  default void help_lists_the_commands(String argument) {
    try (ServiceProcess service = ServiceProcess.launch(Map.of(), argument)) {
      assertThat(service.exitCode()).as(service.output()).isZero();
      assertThat(service.output()).contains(commands()).doesNotContain("does not accept");
    }
  }
}
