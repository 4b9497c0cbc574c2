package dev.osmo.cli;

import jakarta.enterprise.inject.spi.CDI;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterEach;

/** Runs commands in the test's JVM, through the real entry point. */
abstract class CommandTest extends CommandBench {
  private final TimeZone zone = TimeZone.getDefault();

  final TestTerminal terminal = bean(TestTerminal.class);
  private final OsmoApplication osmo = bean(OsmoApplication.class);
  private final TestEnvironment environment = bean(TestEnvironment.class);

  /** Quarkus injects no fields into nested test classes. */
  private static <T> T bean(Class<T> type) {
    return CDI.current().select(type).get();
  }

  @Override
  public void variable(String name, String value) {
    environment.set(name, value);
  }

  @Override
  public void timeZone(String name) {
    TimeZone.setDefault(TimeZone.getTimeZone(name));
  }

  @Override
  public CommandResult runTyping(String input, String... args) {
    terminal.reset(input);
    int code = osmo.run(args);
    return new CommandResult(code, terminal.printed(), terminal.said());
  }

  @AfterEach
  void restore() {
    environment.reset();
    TimeZone.setDefault(zone);
  }
}
