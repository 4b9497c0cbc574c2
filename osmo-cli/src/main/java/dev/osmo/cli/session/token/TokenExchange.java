package dev.osmo.cli.session.token;

import com.fasterxml.jackson.databind.JsonNode;
import dev.osmo.cli.output.Json;
import dev.osmo.cli.server.RawRequest;
import dev.osmo.cli.server.Repetition;
import dev.osmo.cli.server.ServerRequest;
import dev.osmo.cli.server.ServerUrl;
import dev.osmo.cli.server.transport.Server;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;

/**
 * Token in, JWT out: {@code POST /api/auth/jwt/access_token}, the one request that carries the
 * token, in its body.
 */
@Singleton
public class TokenExchange {
  private final Server server;
  private final Clock clock;

  TokenExchange(Server server, Clock clock) {
    this.server = server;
    this.clock = clock;
  }

  public Jwt exchange(ServerUrl url, Pat pat) {
    // A second exchange of the same token changes nothing.
    RawRequest request =
        ServerRequest.of("POST", "api", "auth", "jwt", "access_token")
            .withBody(Json.object().put("token", pat.text()))
            .raw()
            .repeated(Repetition.HARMLESS);
    JsonNode answer = server.send(url, request, Optional.empty()).json();
    return Jwt.received(answer.path("token").asText(), clock.instant());
  }
}
