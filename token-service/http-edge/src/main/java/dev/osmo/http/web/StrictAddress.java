package dev.osmo.http.web;

import dev.osmo.http.problem.HttpProblem;
import dev.osmo.http.problem.Refusal;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Priorities;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Refuses URLs that two parsers can read differently, whatever the route.
 *
 * <ol>
 *   <li>A {@code ;} in the query separates parameters for the HTTP framework only. So {@code
 *       expires_in=1d;roles=} would hide an empty parameter from checks that split at {@code &}.
 *   <li>Percent-encoded bytes that are not UTF-8 would be stored as replacement characters.
 * </ol>
 */
@Singleton
public class StrictAddress {

  private static final Refusal SEMICOLON =
      new Refusal(
          HttpProblem.MALFORMED_REQUEST,
          "The query string must not contain \";\". Separate parameters with \"&\" and write %3B"
              + " inside a value.");
  private static final Refusal NOT_UTF_8 =
      new Refusal(
          HttpProblem.MALFORMED_REQUEST,
          "The URL contains percent-encoding that is not valid UTF-8. Encode text as UTF-8.");

  /** Runs after {@link NoTokenInUrl}, so that a token in such a URL is reported as leaked. */
  @ServerRequestFilter(preMatching = true, priority = Priorities.USER + 1)
  public void refuse(HttpServerRequest request) {
    flawOf(request.uri())
        .ifPresent(
            flaw -> {
              throw flaw.toException();
            });
  }

  /** The first reason why this request target is refused. */
  static Optional<Refusal> flawOf(String target) {
    int query = target.indexOf('?');
    if (query >= 0 && target.indexOf(';', query) >= 0) {
      return Optional.of(SEMICOLON);
    }
    return isUtf8(target) ? Optional.empty() : Optional.of(NOT_UTF_8);
  }

  private static boolean isUtf8(String target) {
    if (target.indexOf('%') < 0) {
      return true;
    }
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes(target)));
      return true;
    } catch (CharacterCodingException | IllegalArgumentException e) {
      return false;
    }
  }

  /** The bytes that the target stands for. Throws when a percent sign has no two hex digits. */
  private static byte[] bytes(String target) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(target.length());
    for (int i = 0; i < target.length(); i++) {
      char character = target.charAt(i);
      if (character != '%') {
        bytes.writeBytes(String.valueOf(character).getBytes(StandardCharsets.UTF_8));
      } else if (i + 2 < target.length()) {
        bytes.write(HexFormat.fromHexDigits(target, i + 1, i + 3));
        i += 2;
      } else {
        throw new IllegalArgumentException("incomplete percent-encoding");
      }
    }
    return bytes.toByteArray();
  }
}
