package dev.osmo.cli.environment;

import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code --context}, and behind it {@code OSMO_CONTEXT}: the name that was asked for, if any. */
@Singleton
public class ContextChoice {
  /** In {@code OSMO_CONTEXT}, and no name: no saved login is used unless the flag names it. */
  public static final String NOBODY = "-";

  private final Environment environment;
  private Optional<ContextName> flag = Optional.empty();

  ContextChoice(Environment environment) {
    this.environment = environment;
  }

  /** What the command line says; null takes it back. */
  public void onCommandLine(@Nullable String name) {
    flag = Optional.ofNullable(name).map(ContextName::new);
  }

  public Optional<ContextName> flag() {
    return flag;
  }

  public Optional<ContextName> named() {
    return flag.or(() -> environment.variable("OSMO_CONTEXT").map(ContextChoice::inEnvironment));
  }

  private static ContextName inEnvironment(String name) {
    if (name.equals(NOBODY)) {
      throw Failure.of(
          ExitCode.NOT_AUTHENTICATED,
          "osmo run has given this command a JWT and no login",
          "Send that JWT, or choose a saved login: --context NAME");
    }
    return new ContextName(name);
  }
}
