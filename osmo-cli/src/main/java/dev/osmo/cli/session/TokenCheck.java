package dev.osmo.cli.session;

import dev.osmo.cli.environment.Environment;
import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import dev.osmo.cli.server.ServerUrl;
import dev.osmo.cli.session.store.NotLoggedIn;
import dev.osmo.cli.session.token.Jwt;
import dev.osmo.cli.session.token.Pat;
import dev.osmo.cli.session.token.TokenExchange;
import jakarta.inject.Singleton;

/** Whether a server accepts a token. Nothing of the answer is kept. */
@Singleton
public class TokenCheck {
  private final TokenExchange tokenExchange;
  private final LoginChoice choice;
  private final Environment environment;

  TokenCheck(TokenExchange tokenExchange, LoginChoice choice, Environment environment) {
    this.tokenExchange = tokenExchange;
    this.choice = choice;
    this.environment = environment;
  }

  /**
   * Exchanges the token once.
   *
   * @throws Failure when the server does not accept it
   */
  public Jwt exchange(ServerUrl url, Pat pat) {
    return tokenExchange.exchange(demandPrivate(url), pat);
  }

  /**
   * An address that a token may be sent to.
   *
   * @throws Failure when others could read it on the way and {@code OSMO_ALLOW_HTTP} is not set
   */
  public ServerUrl demandPrivate(ServerUrl url) {
    if (url.isEncrypted() || url.isLoopback() || environment.isOn("OSMO_ALLOW_HTTP")) {
      return url;
    }
    throw Failure.of(
        ExitCode.USER_ERROR,
        url + " would receive the token unencrypted",
        "Use https://, or set OSMO_ALLOW_HTTP=1 if you trust every network on the way.");
  }

  /** The server to ask when none is named. */
  public ServerUrl loggedInTo() {
    return choice.server().orElseThrow(NotLoggedIn::atAll);
  }
}
