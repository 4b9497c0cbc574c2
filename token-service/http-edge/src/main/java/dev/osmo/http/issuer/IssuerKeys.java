package dev.osmo.http.issuer;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetParseException;
import com.nimbusds.jose.jwk.source.JWKSetRetrievalException;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jose.util.ResourceRetriever;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Reads the key set of one issuer: from the configured file or address, else from the address in
 * the issuer's discovery document, which must name exactly this issuer (OpenID Connect Discovery
 * 1.0, section 4.3).
 *
 * <ol>
 *   <li>The keys are read again when they are five minutes old, and for an unknown {@code kid}, at
 *       most twice in 30 seconds whatever is presented.
 *   <li>If the issuer is not available, the last keys are used for another 15 minutes. Without
 *       them, or for an unknown {@code kid}, the keys are unavailable: nobody knows whether the
 *       token is valid.
 *   <li>A response is limited in size and time.
 * </ol>
 */
final class IssuerKeys implements JWKSetSource<SecurityContext> {

  private static final Logger LOG = Logger.getLogger(IssuerKeys.class);

  private static final Duration FRESH = Duration.ofMinutes(5);
  private static final Duration TIMEOUT = Duration.ofSeconds(3);
  private static final Duration BETWEEN_READS = Duration.ofSeconds(30);
  private static final Duration OUTAGE = Duration.ofMinutes(15);
  private static final int LARGEST = 128 * 1024;
  private static final String DISCOVERY = "/.well-known/openid-configuration";

  private final TokenIssuer issuer;
  private final ResourceRetriever http =
      new DefaultResourceRetriever(
          Math.toIntExact(TIMEOUT.toMillis()), Math.toIntExact(TIMEOUT.toMillis()), LARGEST);

  /** Whether the last read failed. */
  private volatile boolean failed;

  private IssuerKeys(TokenIssuer issuer) {
    this.issuer = issuer;
  }

  static JWKSource<SecurityContext> of(TokenIssuer issuer) {
    IssuerKeys source = new IssuerKeys(issuer);
    JWKSource<SecurityContext> cached =
        JWKSourceBuilder.create(source)
            .cache(FRESH.toMillis(), 3 * TIMEOUT.toMillis())
            .refreshAheadCache(false)
            .rateLimited(BETWEEN_READS.toMillis())
            .outageTolerant(OUTAGE.toMillis())
            .build();
    return (selector, context) -> source.select(cached, selector, context);
  }

  /** A read too many: the keys are new enough and none of them has this kid, or the read failed. */
  private List<JWK> select(
      JWKSource<SecurityContext> cached, JWKSelector selector, @Nullable SecurityContext context)
      throws KeySourceException {
    try {
      return cached.get(selector, context);
    } catch (RateLimitReachedException tooSoon) {
      if (failed) {
        throw new KeySourceException("the last read failed", tooSoon);
      }
      return List.of();
    }
  }

  @Override
  public JWKSet getJWKSet(
      JWKSetCacheRefreshEvaluator refresh, long now, @Nullable SecurityContext unused)
      throws KeySourceException {
    try {
      JWKSet keys = JWKSet.parse(text()).toPublicJWKSet();
      failed = false;
      return keys;
    } catch (IOException unreadable) {
      throw failure(
          new JWKSetRetrievalException("the keys cannot be read", unreadable),
          String.valueOf(unreadable.getMessage()));
    } catch (ParseException malformed) {
      throw failure(new JWKSetParseException("the keys are malformed", malformed), "no key set");
    }
  }

  /**
   * Logged here, because reads are limited and requests are not.
   *
   * @param reason never what was read: a file that was named by mistake may be secret
   */
  private <E extends KeySourceException> E failure(E why, String reason) {
    failed = true;
    LOG.warnf("%s: issuer=%s reason=%s", why.getMessage(), issuer.issuer(), reason);
    return why;
  }

  private String text() throws IOException, ParseException {
    if (issuer.keysFile().isPresent()) {
      return fileContent(issuer.keysFile().get());
    }
    return get(issuer.keys().isPresent() ? issuer.keys().get() : discovered());
  }

  private String discovered() throws IOException, ParseException {
    String base = issuer.issuer().replaceAll("/$", "");
    Map<String, Object> document = JSONObjectUtils.parse(get(base + DISCOVERY));
    String keys = JSONObjectUtils.getString(document, "jwks_uri");
    if (!issuer.issuer().equals(JSONObjectUtils.getString(document, "issuer"))
        || keys == null
        || !TrustedIssuer.isEndpoint(keys)) {
      throw new IOException("the discovery document is not that of this issuer");
    }
    return keys;
  }

  private String get(String address) throws IOException {
    URL url = URI.create(address).toURL();
    return http.retrieveResource(url).getContent();
  }

  private static String fileContent(Path file) throws IOException {
    if (Files.size(file) > LARGEST) {
      throw new IOException("the file of keys is too large");
    }
    return Files.readString(file);
  }

  @Override
  public void close() {
    // Holds no resource.
  }
}
