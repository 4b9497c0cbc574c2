package dev.osmo.sample;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An error body: RFC 9457, with the members that existing OSMO clients read ({@code message},
 * {@code error_code}, {@code workflow_id}).
 */
record Problem(
    String type,
    String title,
    int status,
    String detail,
    String message,
    String errorCode,
    @Nullable String workflowId,
    String requestId) {
  static final String MEDIA_TYPE = "application/problem+json";

  /** {@code detail} goes to the client unchanged, so it must not quote a token. */
  static Response response(ProblemType type, String detail) {
    Response.ResponseBuilder response =
        Response.status(type.status())
            .type(MEDIA_TYPE)
            .header(HttpHeaders.CACHE_CONTROL, "no-store")
            .header(HttpHeaders.LINK, type.help())
            .entity(of(type, detail));
    type.challenge()
        .ifPresent(challenge -> response.header(HttpHeaders.WWW_AUTHENTICATE, challenge));
    if (type == ProblemType.SERVICE_UNAVAILABLE) {
      response.header(HttpHeaders.RETRY_AFTER, "1");
    }
    return response.build();
  }

  private static Problem of(ProblemType type, String detail) {
    return new Problem(
        type.urn(),
        type.title(),
        type.status(),
        detail,
        detail,
        type.errorCode(),
        null,
        UUID.randomUUID().toString());
  }
}
