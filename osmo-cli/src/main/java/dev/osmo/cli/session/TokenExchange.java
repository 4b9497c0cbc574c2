package dev.osmo.cli.session;

import dev.osmo.cli.output.Failure;
import dev.osmo.cli.server.OsmoApi;
import dev.osmo.cli.server.Server;
import dev.osmo.cli.server.ServerResponse;
import dev.osmo.cli.server.ServerUrl;
import dev.osmo.pat.PatText;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;

/** Exchanges an access token for a JWT: the only request of a context that contains the token. */
@Singleton
class TokenExchange {
  /** The problems of a token that will never work again. A suspended token can be resumed. */
  private static final Set<String> UNUSABLE =
      Set.of("invalid-token", "token-revoked", "token-expired");

  private final Server server;
  private final Clock clock;

  TokenExchange(Server server, Clock clock) {
    this.server = server;
    this.clock = clock;
  }

  /**
   * Exchanges the token.
   *
   * @throws Failure marked as {@link Failure#isTokenUnusable} if the token will never work again
   */
  Jwt exchange(ServerUrl url, PatText pat) {
    ServerResponse response = server.send(url, OsmoApi.exchange(pat.text()), Optional.empty());
    if (response.isUnauthorized() && UNUSABLE.contains(response.problem().type())) {
      throw response.problem().asFailure().withTokenUnusable();
    }
    return Jwt.received(response.json().path("token").asText(), clock.instant());
  }
}
