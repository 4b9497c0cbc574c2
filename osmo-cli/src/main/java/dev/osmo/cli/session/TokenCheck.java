package dev.osmo.cli.session;

import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import dev.osmo.cli.server.ServerUrl;
import jakarta.inject.Singleton;

/** Whether a server accepts a token. Nothing of the answer is kept. */
@Singleton
public class TokenCheck {
  private final TokenExchange tokenExchange;
  private final LoginChoice choice;

  TokenCheck(TokenExchange tokenExchange, LoginChoice choice) {
    this.tokenExchange = tokenExchange;
    this.choice = choice;
  }

  /**
   * Exchanges the token once.
   *
   * @throws Failure when the server does not accept it
   */
  public Jwt exchange(ServerUrl url, Pat pat) {
    if (!url.isEncrypted() && !url.isLoopback()) {
      throw Failure.of(
          ExitCode.USER_ERROR, url + " would receive the token unencrypted", "Use https://.");
    }
    return tokenExchange.exchange(url, pat);
  }

  /** The server to ask when none is named. */
  public ServerUrl loggedInTo() {
    return choice.server().orElseThrow(NotLoggedIn::atAll);
  }
}
