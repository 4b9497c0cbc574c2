package dev.osmo.cli;

import jakarta.inject.Inject;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterEach;

/** Runs commands inside the test's own JVM, through the real entry point. */
abstract class CommandTest extends CommandBench {
  private final TimeZone zone = TimeZone.getDefault();

  @Inject OsmoApplication osmo;
  @Inject TestTerminal terminal;
  @Inject TestEnvironment environment;

  @Override
  public void variable(String name, String value) {
    environment.set(name, value);
  }

  @Override
  public void timeZone(String name) {
    TimeZone.setDefault(TimeZone.getTimeZone(name));
  }

  @Override
  public Ran runTyping(String input, String... args) {
    terminal.reset(input);
    int code = osmo.run(args);
    return new Ran(code, terminal.printed(), terminal.said());
  }

  @AfterEach
  void restore() {
    environment.reset();
    TimeZone.setDefault(zone);
  }
}
