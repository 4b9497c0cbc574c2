package dev.osmo.cli;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Runs commands as processes of the native binary, with the test's environment only. */
@Execution(ExecutionMode.CONCURRENT)
abstract class NativeCommandTest extends CommandBench {
  private final Map<String, String> variables = new HashMap<>();

  @Override
  public void variable(String name, String value) {
    variables.put(name, value);
  }

  @Override
  public void timeZone(String name) {
    variables.put("TZ", name);
  }

  @Override
  public CommandResult runTyping(String input, String... args) {
    return Started.typing(input, home, variables, NativeBinary.command(args)).finish();
  }
}
