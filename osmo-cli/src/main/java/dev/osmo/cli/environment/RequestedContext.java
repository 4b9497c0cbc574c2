package dev.osmo.cli.environment;

import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The context that the user requests: {@code --context}, else {@code OSMO_CONTEXT}. */
@Singleton
public class RequestedContext {
  /** In {@code OSMO_CONTEXT}: use no saved context, unless the option names one. */
  public static final String NONE = "-";

  private static final String VARIABLE = "OSMO_CONTEXT";

  private final Environment environment;
  private Optional<ContextName> flag = Optional.empty();

  RequestedContext(Environment environment) {
    this.environment = environment;
  }

  /** Sets the option; null removes it. */
  public void onCommandLine(@Nullable String name) {
    flag = Optional.ofNullable(name).map(ContextName::new);
  }

  public Optional<ContextName> flag() {
    return flag;
  }

  public Optional<ContextName> named() {
    return flag.or(() -> environment.variable(VARIABLE).map(RequestedContext::inEnvironment));
  }

  /** The variable, if it names another context than this one, or none. */
  public Optional<String> variableOtherThan(ContextName name) {
    return environment
        .variable(VARIABLE)
        .filter(value -> !value.equals(name.text()))
        .map(value -> VARIABLE);
  }

  private static ContextName inEnvironment(String name) {
    if (name.equals(NONE)) {
      throw Failure.of(
          ExitCode.NOT_AUTHENTICATED,
          "osmo run passed a JWT to this command, but no context",
          "Use that JWT, or select a saved context: --context NAME");
    }
    return new ContextName(name);
  }
}
