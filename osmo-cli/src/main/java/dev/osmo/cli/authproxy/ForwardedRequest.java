package dev.osmo.cli.authproxy;

import dev.osmo.cli.listen.Answer;
import dev.osmo.cli.listen.Framing;
import dev.osmo.cli.listen.Head;
import dev.osmo.cli.listen.RequestHead;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A request as the server receives it: without the client's credential and the fields of its
 * connection.
 *
 * @param webSocket whether it asks for a WebSocket, the only protocol that may replace HTTP
 */
record ForwardedRequest(RequestHead original, boolean webSocket) {
  private static final String VIA = "1.1 osmo-sidecar";

  /** RFC 9110, section 9.2.2. */
  private static final Set<String> IDEMPOTENT =
      Set.of("GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE");

  /** A segment that another server would resolve, perhaps to above the address of the server. */
  private static final Pattern DOT_SEGMENT =
      Pattern.compile("(?i)[/\\\\](\\.|%2e){1,2}([/\\\\?;]|%2f|%5c|$).*");

  private static final Set<String> WITH_LENGTH = Set.of("POST", "PUT", "PATCH");

  /** Set by the proxy. */
  private static final Set<String> REPLACED =
      Set.of("host", "authorization", "content-length", "expect", "via");

  static ForwardedRequest of(RequestHead original) {
    boolean webSocket =
        original.method().equals("GET")
            && original.body() instanceof Framing.None
            && original.head().lists("Connection", "upgrade")
            && original.head().values("Upgrade").equals(List.of("websocket"));
    return new ForwardedRequest(original, webSocket);
  }

  /** Of a request that cannot be passed on. */
  static Optional<Answer> refusal(RequestHead request) {
    if (!request.http11()) {
      return Optional.of(Answer.problem(505, "bad-request", "The proxy needs HTTP/1.1"));
    }
    if (DOT_SEGMENT.matcher(request.path()).find()) {
      return Optional.of(Answer.problem(400, "bad-request", "The path has dot segments"));
    }
    return request.head().values("Via").stream().anyMatch(via -> via.contains(VIA))
        ? Optional.of(Answer.problem(508, "proxy-loop", "The proxy would call itself"))
        : Optional.empty();
  }

  String method() {
    return original.method();
  }

  Framing body() {
    return original.body();
  }

  /** Whether sending it twice has the same effect as once. Its body cannot be read again. */
  boolean isRepeatable() {
    return IDEMPOTENT.contains(method()) && body() instanceof Framing.None;
  }

  boolean expectsContinue() {
    return original.head().lists("Expect", "100-continue");
  }

  /**
   * The head that is sent.
   *
   * @param target the path and query, or the complete address for a proxy in between
   * @param host the server
   */
  Head head(String target, String host, String jwt) {
    List<Head.Field> fields = new ArrayList<>();
    fields.add(new Head.Field("Host", host));
    fields.add(new Head.Field("Authorization", "Bearer " + jwt));
    original.head().endToEnd().stream()
        .filter(field -> !REPLACED.contains(field.name().toLowerCase(Locale.ROOT)))
        .forEach(fields::add);
    fields.add(new Head.Field("Via", via()));
    if (webSocket) {
      fields.add(new Head.Field("Connection", "Upgrade"));
      fields.add(new Head.Field("Upgrade", "websocket"));
    }
    switch (body()) {
      case Framing.Length length ->
          fields.add(new Head.Field("Content-Length", Long.toString(length.bytes())));
      case Framing.Chunked chunked -> fields.add(new Head.Field("Transfer-Encoding", "chunked"));
      case Framing.None none -> {
        if (WITH_LENGTH.contains(method())) {
          fields.add(new Head.Field("Content-Length", "0"));
        }
      }
      case Framing.UntilClose impossible ->
          throw new IllegalStateException("no request has such a body");
    }
    return new Head(method() + " " + target + " HTTP/1.1", fields);
  }

  private String via() {
    List<String> before = original.head().values("Via");
    return before.isEmpty() ? VIA : String.join(", ", before) + ", " + VIA;
  }
}
