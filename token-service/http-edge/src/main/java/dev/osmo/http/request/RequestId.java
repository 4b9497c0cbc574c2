package dev.osmo.http.request;

import dev.osmo.pat.PatText;
import io.vertx.ext.web.RoutingContext;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Ties an answer, its log lines and its audit row together. A client may send its own id when that
 * is harmless, which a token never is.
 */
public record RequestId(String value) {

  public static final String HEADER = "X-Request-Id";
  private static final Pattern HARMLESS = Pattern.compile("[A-Za-z0-9._-]{1,64}");
  private static final String KEY = RequestId.class.getName();

  static RequestId acceptOrMake(@Nullable String presented) {
    return presented != null
            && HARMLESS.matcher(presented).matches()
            && !PatText.occursIn(presented)
        ? new RequestId(presented)
        : new RequestId(UUID.randomUUID().toString());
  }

  public static RequestId of(RoutingContext request) {
    RequestId known = request.get(KEY);
    return known != null ? known : acceptOrMake(null);
  }

  void keepIn(RoutingContext request) {
    request.put(KEY, this);
  }
}
