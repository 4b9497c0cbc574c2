package dev.osmo.exchange.problem;

import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Names one request in its answer and in the log. The caller's own id is kept when it is harmless,
 * which a token never is.
 */
record RequestId(String value) {

  static final String HEADER = "X-Request-Id";
  static final String LOG_KEY = "request_id";

  private static final Pattern HARMLESS = Pattern.compile("[A-Za-z0-9._-]{1,64}");
  private static final Pattern TOKEN = Pattern.compile("osmo_[A-Za-z0-9]{34}");

  static RequestId of(@Nullable String sent) {
    return new RequestId(sent != null && isHarmless(sent) ? sent : UUID.randomUUID().toString());
  }

  private static boolean isHarmless(String sent) {
    return HARMLESS.matcher(sent).matches() && !TOKEN.matcher(sent).find();
  }
}
