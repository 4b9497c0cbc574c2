package dev.osmo.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;

/**
 * Runs commands as processes through the script, which starts the native binary if this build
 * created one. Their environment has the PATH and the variables of the test.
 */
abstract class ProcessTest extends CommandBench {
  static final String SCRIPT = Path.of("osmo").toAbsolutePath().toString();

  final Map<String, String> variables = new HashMap<>();

  @BeforeEach
  void programs() {
    variable("PATH", System.getenv("PATH"));
    variable("JAVA_HOME", System.getProperty("java.home"));
  }

  /** Sets a token in the environment. */
  void logInByEnvironment() {
    variable("OSMO_URL", url());
    variable("OSMO_TOKEN", token);
    exchangeAnswers(FakeJwt.livingFor(300, "environment"));
  }

  Started start(String... args) {
    List<String> command = new ArrayList<>(List.of(SCRIPT));
    command.addAll(List.of(args));
    return Started.silently(home, variables, command);
  }

  /** Runs a shell command in which {@code $0} is osmo. */
  CommandResult shell(String command) {
    return Started.silently(home, variables, List.of("bash", "-c", command, SCRIPT)).finish();
  }

  @Override
  public CommandResult runTyping(String input, String... args) {
    List<String> command = new ArrayList<>(List.of(SCRIPT));
    command.addAll(List.of(args));
    return Started.typing(input, home, variables, command).finish();
  }

  @Override
  public void variable(String name, String value) {
    variables.put(name, value);
  }

  @Override
  public void timeZone(String name) {
    variables.put("TZ", name);
  }
}
