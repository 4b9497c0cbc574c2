package dev.osmo.cli.session;

import dev.osmo.cli.environment.Environment;
import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import dev.osmo.cli.server.ServerUrl;
import dev.osmo.pat.PatText;
import jakarta.inject.Singleton;
import java.util.Optional;

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
    return variable().isPresent();
  }

  /**
   * @throws Failure if the environment has no token or no server
   */
  EnvironmentContext context() {
    String variable = variable().orElseThrow(NotLoggedIn::atAll);
    ServerUrl url = requireEncryption(url().orElseThrow(() -> noUrl(variable)));
    PatText pat = pat(variable);
    EnvironmentContext context =
        last.filter(known -> known.isFor(url, pat))
            .orElseGet(() -> new EnvironmentContext(url, pat, variable, tokenExchange));
    last = Optional.of(context);
    return context;
  }

  private Optional<String> variable() {
    boolean file = environment.variable("OSMO_TOKEN_FILE").isPresent();
    if (environment.variable("OSMO_TOKEN").isPresent()) {
      if (file) {
        throw Failure.of(
            ExitCode.USER_ERROR, "OSMO_TOKEN and OSMO_TOKEN_FILE are both set", "Unset one.");
      }
      return Optional.of("OSMO_TOKEN");
    }
    return file ? Optional.of("OSMO_TOKEN_FILE") : Optional.empty();
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
