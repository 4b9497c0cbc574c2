package dev.osmo.http.request;

import dev.osmo.pat.TokenText;
import io.vertx.ext.web.RoutingContext;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Correlates a response, its log lines and its audit row. A client may send its own id if it has a
 * safe format; a token is never accepted as an id.
 */
public record RequestId(String value) {

  public static final String HEADER = "X-Request-Id";
  private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9._-]{1,64}");
  private static final String KEY = RequestId.class.getName();

  public static RequestId acceptOrGenerate(@Nullable String presented) {
    return presented != null && SAFE.matcher(presented).matches() && !TokenText.occursIn(presented)
        ? new RequestId(presented)
        : new RequestId(UUID.randomUUID().toString());
  }

  public static RequestId of(RoutingContext request) {
    RequestId existing = request.get(KEY);
    return existing != null ? existing : acceptOrGenerate(null);
  }

  void keepIn(RoutingContext request) {
    request.put(KEY, this);
  }
}
