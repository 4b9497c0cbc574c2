package dev.osmo.http.request;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The trace id of the caller (W3C Trace Context, section 3.2). The log contains it, so that the
 * trace can be followed through this service.
 */
record TraceId(String value) {

  static final String HEADER = "traceparent";

  private static final Pattern TRACEPARENT =
      Pattern.compile(
          "(?!ff)[0-9a-f]{2}-((?!0{32})[0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}(-.{0,200})?");

  static Optional<TraceId> of(@Nullable String traceparent) {
    if (traceparent == null) {
      return Optional.empty();
    }
    Matcher fields = TRACEPARENT.matcher(traceparent);
    return fields.matches() ? Optional.of(new TraceId(fields.group(1))) : Optional.empty();
  }
}
