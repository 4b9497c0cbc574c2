package dev.osmo.cli.session;

import dev.osmo.cli.environment.Environment;
import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import dev.osmo.cli.server.ServerUrl;
import dev.osmo.cli.session.store.NotLoggedIn;
import dev.osmo.cli.session.token.Pat;
import dev.osmo.cli.session.token.TokenExchange;
import dev.osmo.cli.session.token.TokenFiles;
import jakarta.inject.Singleton;
import java.util.Optional;

/**
 * {@code OSMO_URL} with {@code OSMO_TOKEN} or {@code OSMO_TOKEN_FILE}: a login that needs no file.
 * Remembered for the life of the process, so that several requests cost one exchange.
 */
@Singleton
class EnvironmentLogin {
  private final Environment environment;
  private final TokenFiles tokenFiles;
  private final TokenExchange tokenExchange;
  private Optional<GivenLogin> last = Optional.empty();

  EnvironmentLogin(Environment environment, TokenFiles tokenFiles, TokenExchange tokenExchange) {
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
   * @throws Failure when no token is in the environment, or no address for it
   */
  GivenLogin login() {
    String variable = variable().orElseThrow(NotLoggedIn::atAll);
    ServerUrl url = encrypted(url().orElseThrow(() -> noUrl(variable)));
    Pat pat = pat(variable);
    GivenLogin login =
        last.filter(known -> known.isFor(url, pat))
            .orElseGet(() -> new GivenLogin(url, pat, variable, tokenExchange));
    last = Optional.of(login);
    return login;
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

  private Pat pat(String variable) {
    String value = environment.variable(variable).orElse("");
    return variable.equals("OSMO_TOKEN") ? new Pat(value.strip()) : tokenFiles.read(value);
  }

  private ServerUrl encrypted(ServerUrl url) {
    if (url.isEncrypted() || url.isLoopback() || environment.isOn("OSMO_ALLOW_HTTP")) {
      return url;
    }
    throw Failure.of(
        ExitCode.USER_ERROR,
        url + " would receive the token unencrypted",
        "Use https://, or set OSMO_ALLOW_HTTP=1 if you trust every network on the way.");
  }

  private static Failure noUrl(String variable) {
    return Failure.of(
        ExitCode.USER_ERROR,
        variable + " is set, but OSMO_URL is not",
        "Set OSMO_URL to the address of the server that the token is for.");
  }
}
