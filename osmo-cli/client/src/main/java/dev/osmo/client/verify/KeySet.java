package dev.osmo.client.verify;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.JWKSetBasedJWKSource;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.Resource;
import dev.osmo.client.wire.LimitedCall;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/**
 * The keys of osmo, kept for five minutes. A JWT with an unknown {@code kid} fetches them again, at
 * most twice in five seconds, so that forged JWTs cause no load. If osmo is not available, the keys
 * are used for another ten minutes: a key that osmo revoked is then not trusted for longer than a
 * quarter of an hour.
 */
final class KeySet {
  private static final Duration KEPT = Duration.ofMinutes(5);
  private static final Duration KEPT_DURING_OUTAGE = Duration.ofMinutes(10);
  private static final Duration BETWEEN_FETCHES = Duration.ofSeconds(5);
  private static final int OK = 200;

  private KeySet() {}

  static JWKSource<SecurityContext> at(URI address, LimitedCall calls) {
    try {
      return JWKSourceBuilder.create(address.toURL(), url -> fetched(url, calls))
          .cache(KEPT.toMillis(), calls.deadline().toMillis())
          .refreshAheadCache(false)
          .rateLimited(BETWEEN_FETCHES.toMillis())
          .outageTolerant(KEPT_DURING_OUTAGE.toMillis())
          .build();
    } catch (MalformedURLException malformed) {
      throw new IllegalArgumentException("not an address: " + address, malformed);
    }
  }

  /** Whether the keys are known now, even if there are none. Fetches no more than the limit. */
  static boolean isKnown(JWKSource<SecurityContext> keys) {
    try {
      return keys instanceof JWKSetBasedJWKSource<SecurityContext> set
          && set.getJWKSetSource()
                  .getJWKSet(
                      JWKSetCacheRefreshEvaluator.noRefresh(), System.currentTimeMillis(), null)
              != null;
    } catch (KeySourceException unknown) {
      return false;
    }
  }

  private static Resource fetched(URL url, LimitedCall calls) throws IOException {
    try {
      HttpResponse<String> response =
          calls.send(
              HttpRequest.newBuilder(url.toURI())
                  .timeout(calls.deadline())
                  .header("Accept", "application/jwk-set+json, application/json")
                  .build());
      if (response.statusCode() != OK) {
        throw new IOException("the key set's address answered " + response.statusCode());
      }
      return new Resource(response.body(), "application/json");
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    } catch (URISyntaxException impossible) {
      throw new IOException(impossible);
    }
  }
}
