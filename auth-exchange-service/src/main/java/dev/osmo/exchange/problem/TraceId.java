package dev.osmo.exchange.problem;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The trace that this request is part of (W3C Trace Context, section 3.2), when somebody before us
 * began one: it goes into the log, so that a trace's path can be followed through here.
 */
record TraceId(String value) {

  static final String HEADER = "traceparent";
  static final String LOG_KEY = "trace_id";

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
