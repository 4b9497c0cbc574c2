package dev.osmo.exchange.problem;

import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Names one request in its answer and in the log. The caller's own id is kept when it is harmless.
 */
record RequestId(String value) {

  static final String HEADER = "X-Request-Id";
  static final String LOG_KEY = "request_id";

  private static final Pattern HARMLESS = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  static RequestId of(@Nullable String sent) {
    return new RequestId(
        sent != null && HARMLESS.matcher(sent).matches() ? sent : UUID.randomUUID().toString());
  }
}
