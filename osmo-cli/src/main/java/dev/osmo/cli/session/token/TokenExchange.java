package dev.osmo.cli.session.token;

import dev.osmo.cli.output.Failure;
import dev.osmo.cli.output.Json;
import dev.osmo.cli.server.RawRequest;
import dev.osmo.cli.server.Repetition;
import dev.osmo.cli.server.ServerAnswer;
import dev.osmo.cli.server.ServerRequest;
import dev.osmo.cli.server.ServerUrl;
import dev.osmo.cli.server.transport.Server;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;

/**
 * Token in, JWT out: {@code POST /api/auth/jwt/access_token}, the one request that carries the
 * token, in its body.
 */
@Singleton
public class TokenExchange {
  /** The problems after which the token cannot come back; a suspended one, say, may. */
  private static final Set<String> DEATHS =
      Set.of("invalid-token", "token-revoked", "token-expired");

  private final Server server;
  private final Clock clock;

  TokenExchange(Server server, Clock clock) {
    this.server = server;
    this.clock = clock;
  }

  /**
   * The JWT that the server gives for the token.
   *
   * @throws Failure {@linkplain Failure#isOfDeadToken of a dead token} when the server says so
   */
  public Jwt exchange(ServerUrl url, Pat pat) {
    // A second exchange of the same token changes nothing.
    RawRequest request =
        ServerRequest.of("POST", "api", "auth", "jwt", "access_token")
            .withBody(Json.object().put("token", pat.text()))
            .raw()
            .repeated(Repetition.HARMLESS);
    ServerAnswer answer = server.send(url, request, Optional.empty());
    if (answer.isUnauthorized() && DEATHS.contains(answer.problem().type())) {
      throw answer.problem().asFailure().ofDeadToken();
    }
    return Jwt.received(answer.json().path("token").asText(), clock.instant());
  }
}
