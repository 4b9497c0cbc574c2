package dev.osmo.cli.session;

import dev.osmo.cli.environment.Environment;
import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import dev.osmo.cli.server.ServerUrl;
import dev.osmo.pat.PatText;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * {@code OSMO_URL} with {@code OSMO_TOKEN} or {@code OSMO_TOKEN_FILE}: a context that is not saved.
 * It is cached in the process, so that several requests need one exchange.
 */
@Singleton
class EnvironmentToken {
  private final Environment environment;
  private final TokenFiles tokenFiles;
  private final TokenExchange tokenExchange;
  private Optional<EnvironmentContext> last = Optional.empty();

  EnvironmentToken(Environment environment, TokenFiles tokenFiles, TokenExchange tokenExchange) {
    this.environment = environment;
    this.tokenFiles = tokenFiles;
    this.tokenExchange = tokenExchange;
  }

  Optional<ServerUrl> url() {
    return environment.variable("OSMO_URL").map(ServerUrl::new);
  }

  boolean isPresent() {
    return onlyVariable().isPresent();
  }

  /**
   * @throws Failure if the environment has no token or no server
   */
  EnvironmentContext context() {
    String variable = onlyVariable().orElseThrow(NotLoggedIn::atAll);
    ServerUrl url = requireEncryption(url().orElseThrow(() -> noUrl(variable)));
    PatText pat = pat(variable);
    EnvironmentContext context =
        last.filter(known -> known.isFor(url, pat))
            .orElseGet(() -> new EnvironmentContext(url, pat, variable, tokenExchange));
    last = Optional.of(context);
    return context;
  }

  /** The variable that has the token or names its file. */
  Optional<String> variable() {
    return Stream.of("OSMO_TOKEN", "OSMO_TOKEN_FILE")
        .filter(name -> environment.variable(name).isPresent())
        .findFirst();
  }

  /**
   * As {@link #variable}.
   *
   * @throws Failure if both are set
   */
  private Optional<String> onlyVariable() {
    if (environment.variable("OSMO_TOKEN").isPresent()
        && environment.variable("OSMO_TOKEN_FILE").isPresent()) {
      throw Failure.of(
          ExitCode.USER_ERROR, "OSMO_TOKEN and OSMO_TOKEN_FILE are both set", "Unset one.");
    }
    return variable();
  }

  private PatText pat(String variable) {
    String value = environment.variable(variable).orElse("");
    return variable.equals("OSMO_TOKEN")
        ? TokenSyntax.require(value.strip())
        : tokenFiles.read(value);
  }

  /** Checks an address that a token may be sent to. */
  ServerUrl requireEncryption(ServerUrl url) {
    return url.requireEncryption(environment.allowsHttp(), "set OSMO_ALLOW_HTTP=1");
  }

  private static Failure noUrl(String variable) {
    return Failure.of(
        ExitCode.USER_ERROR,
        variable + " is set, but OSMO_URL is not",
        "Set OSMO_URL to the address of the server that issued the token.");
  }
}
