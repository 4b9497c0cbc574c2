package dev.osmo.cli.session;

import dev.osmo.cli.server.ServerUrl;
import dev.osmo.pat.PatText;
import jakarta.inject.Singleton;

/** Checks whether a server accepts an access token. Stores nothing. */
@Singleton
public class TokenCheck {
  private final TokenExchange tokenExchange;
  private final ContextSelection selection;
  private final EnvironmentToken environmentToken;

  TokenCheck(
      TokenExchange tokenExchange, ContextSelection selection, EnvironmentToken environmentToken) {
    this.tokenExchange = tokenExchange;
    this.selection = selection;
    this.environmentToken = environmentToken;
  }

  /**
   * Exchanges the token once.
   *
   * @throws Failure if the server does not accept it
   */
  public Jwt exchange(ServerUrl url, PatText pat) {
    return tokenExchange.exchange(requireEncryption(url), pat);
  }

  /**
   * The address, if a token may be sent to it.
   *
   * @throws Failure if the connection is unencrypted and {@code OSMO_ALLOW_HTTP} does not allow it
   */
  public ServerUrl requireEncryption(ServerUrl url) {
    return environmentToken.requireEncryption(url);
  }

  /** The server of the context in use. */
  public ServerUrl currentServer() {
    return selection.server().orElseThrow(NotLoggedIn::atAll);
  }
}
