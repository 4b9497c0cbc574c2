package dev.osmo.token.caller;

import dev.osmo.http.web.BearerCredential;
import dev.osmo.http.web.LegacyClients;
import dev.osmo.token.settings.TokenServiceSettings;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/**
 * The header in which OSMO's clients up to 6.1 send their JWT. It is read only if the operator sets
 * {@code token-service.legacy-jwt-header}, and only from a request without {@code Authorization}.
 */
@ApplicationScoped
class LegacyHeader {

  private final boolean accepted;

  LegacyHeader(TokenServiceSettings settings) {
    this.accepted = settings.legacyJwtHeader();
  }

  boolean isUsed(MultiMap headers) {
    return accepted && headers.contains(LegacyClients.JWT_HEADER);
  }

  /** The credential of exactly one such header. Marks the response as deprecated. */
  Optional<BearerCredential> credential(HttpServerRequest request) {
    request.response().putHeader(LegacyClients.DEPRECATION, LegacyClients.SINCE);
    List<String> values = request.headers().getAll(LegacyClients.JWT_HEADER);
    return values.size() == 1
        ? Optional.of(new BearerCredential(values.getFirst().strip()))
        : Optional.empty();
  }
}
