package dev.osmo.cli.environment;

import jakarta.inject.Singleton;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code --context}, and behind it {@code OSMO_CONTEXT}: the name that was asked for, if any. */
@Singleton
public class ContextChoice {
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
    return flag.or(() -> environment.variable("OSMO_CONTEXT").map(ContextName::new));
  }
}
