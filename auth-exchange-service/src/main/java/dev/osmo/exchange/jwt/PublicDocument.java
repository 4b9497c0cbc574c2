package dev.osmo.exchange.jwt;

import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** Public JSON that clients may cache (RFC 9110, sections 8.8.3 and 13). */
public record PublicDocument(String json, Duration maxAge) {

  /** The document, or 304 if the client's copy is current. */
  public Response response(Request request) {
    EntityTag version =
        new EntityTag(UUID.nameUUIDFromBytes(json.getBytes(StandardCharsets.UTF_8)).toString());
    return Optional.ofNullable(request.evaluatePreconditions(version))
        .orElseGet(() -> Response.ok(json))
        .tag(version)
        .header(HttpHeaders.CACHE_CONTROL, "public, max-age=" + maxAge.toSeconds())
        .build();
  }
}
