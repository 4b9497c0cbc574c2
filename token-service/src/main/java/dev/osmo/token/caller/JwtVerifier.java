package dev.osmo.token.caller;

import dev.osmo.http.web.BearerCredential;
import dev.osmo.token.settings.TokenServiceSettings;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.auth.principal.DefaultJWTTokenParser;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.ParseException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.Key;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.consumer.ErrorCodes;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwx.Headers;
import org.jose4j.jwx.JsonWebStructure;
import org.jose4j.keys.resolvers.VerificationKeyResolver;
import org.jose4j.lang.UnresolvableKeyException;
import org.jspecify.annotations.Nullable;

/**
 * Verifies the JWTs of the exchange as RFC 9068 requires, with SmallRye JWT's parser.
 *
 * <p>The parser accepts ES256 signatures only. It checks {@code iss} and {@code aud}, requires each
 * claim of {@link #REQUIRED_CLAIMS}, limits the time from {@code iat} to {@code exp} to one hour,
 * and rejects duplicate names. It checks {@code exp} and {@code nbf} roughly, with {@value
 * #CLOCK_DIFFERENCE_SECONDS} seconds of leeway, because this machine's clock does not count: {@link
 * CurrentPermissions} judges the times of a JWT by the database's clock.
 *
 * <p>The parser does not guarantee the following, so this class does:
 *
 * <ol>
 *   <li>{@code typ} is {@code at+jwt}, there is no {@code crit}, and no JWT is nested in the JWT.
 *   <li>A signature has one encoding. The parser ignores characters outside the alphabet of Base64,
 *       so a text of any other shape, a JWE included, never reaches it.
 *   <li>The length is limited before anything is decoded ({@link BearerCredential#isTooLong}).
 *   <li>Keys come from {@link ExchangeKeys}. Unknown {@code kid} values cause one fetch per
 *       cooldown, where the library allows one in 30 minutes that anyone can use up. No fetch
 *       blocks the event loop, stale keys are not trusted, and other algorithms cause no fetch.
 *   <li>No required claim is {@code null}.
 * </ol>
 */
@ApplicationScoped
class JwtVerifier {

  private static final Logger LOG = Logger.getLogger(JwtVerifier.class);
  private static final String TYPE = "at+jwt";

  /** The largest difference between the clocks of the database and of this machine. */
  private static final int CLOCK_DIFFERENCE_SECONDS = 300;

  /** The exchange refuses to start with a longer lifetime. */
  private static final Duration LONGEST_LIFETIME = Duration.ofHours(1);

  private static final Set<String> REQUIRED_CLAIMS =
      Set.of("iss", "aud", "sub", "iat", "nbf", "exp", "jti", "roles");

  /** Three parts, and the one canonical Base64url text of 64 signature bytes (RFC 7518, 3.4). */
  private static final Pattern COMPACT_JWS =
      Pattern.compile("[A-Za-z0-9_-]++\\.[A-Za-z0-9_-]++\\.[A-Za-z0-9_-]{85}[AQgw]");

  private final JWTAuthContextInfo expected;
  private final ExchangeKeys keys;
  private final VerificationPool pool;
  private final VerifiedJwts verified;
  private final OncePerMinute issuerWarning = new OncePerMinute();

  JwtVerifier(
      TokenServiceSettings settings,
      ExchangeKeys keys,
      VerificationPool pool,
      VerifiedJwts verified) {
    this.expected = expected(settings);
    this.keys = keys;
    this.pool = pool;
    this.verified = verified;
  }

  private static JWTAuthContextInfo expected(TokenServiceSettings settings) {
    JWTAuthContextInfo expected = new JWTAuthContextInfo();
    expected.setSignatureAlgorithm(Set.of(SignatureAlgorithm.ES256));
    expected.setIssuedBy(settings.issuer());
    expected.setExpectedAudience(Set.of(settings.audience()));
    expected.setRequiredClaims(REQUIRED_CLAIMS);
    expected.setClockSkew(CLOCK_DIFFERENCE_SECONDS);
    expected.setMaxTimeToLiveSecs(LONGEST_LIFETIME.toSeconds());
    return expected;
  }

  /** Returns the verified claims, whose times are not judged yet, or fails with a refusal. */
  Uni<VerifiedClaims> verify(BearerCredential bearer) {
    if (bearer.isTooLong()) {
      return AccessRefusals.INVALID.toFailure();
    }
    KeySet trusted = keys.trusted();
    return verified
        .find(bearer, trusted)
        .map(Uni.createFrom()::item)
        .orElseGet(() -> verifyNow(bearer, trusted));
  }

  private Uni<VerifiedClaims> verifyNow(BearerCredential bearer, KeySet trusted) {
    if (!COMPACT_JWS.matcher(bearer.text()).matches()) {
      return AccessRefusals.INVALID.toFailure();
    }
    return pool.run(() -> verify(bearer, trusted))
        .invoke(found -> found.ifPresent(claims -> verified.remember(bearer, trusted, claims)))
        .chain(
            claims ->
                claims.map(Uni.createFrom()::item).orElseGet(() -> verifyAfterRefresh(bearer)));
  }

  private Uni<VerifiedClaims> verifyAfterRefresh(BearerCredential bearer) {
    return keys.refreshed()
        .chain(trusted -> pool.run(() -> verify(bearer, trusted)))
        .map(claims -> claims.orElseThrow(AccessRefusals.INVALID::toException));
  }

  /** Empty when the JWT names a key that is not in the set; fails with a refusal otherwise. */
  private Optional<VerifiedClaims> verify(BearerCredential bearer, KeySet trusted) {
    try {
      JwtClaims claims = new Parser(trusted).parse(bearer.text(), expected).getJwtClaims();
      requireNonNull(claims);
      return Optional.of(VerifiedClaims.of(claims));
    } catch (ParseException
        | MalformedClaimException
        | IllegalArgumentException
        | ClassCastException e) {
      if (e.getCause() instanceof UnknownKeyException) {
        return Optional.empty();
      }
      warnOfAnotherIssuer(e.getCause());
      LOG.debugf("JWT refused: reason=%s", e.getClass().getSimpleName());
      throw AccessRefusals.INVALID.toException();
    }
  }

  /**
   * The parser verifies the signature before the claims, so the exchange has issued this JWT, and
   * the two services are configured for different issuers: no JWT of that exchange is accepted.
   */
  private void warnOfAnotherIssuer(@Nullable Throwable reason) {
    if (reason instanceof InvalidJwtException invalid
        && invalid.hasErrorCode(ErrorCodes.ISSUER_INVALID)
        && issuerWarning.isDue()) {
      LOG.warnf(
          "JWT refused: iss=%s expected %s; configure the same issuer in both services",
          invalid.getJwtContext().getJwtClaims().getClaimValue("iss"), expected.getIssuedBy());
    }
  }

  /** The parser accepts a claim whose value is {@code null}. */
  private static void requireNonNull(JwtClaims claims) throws MalformedClaimException {
    if (!REQUIRED_CLAIMS.stream().allMatch(claims::hasClaim)) {
      throw new MalformedClaimException("a required claim is null");
    }
  }

  /** SmallRye JWT's parser with the keys of one set, and with the header checks that it lacks. */
  private static final class Parser extends DefaultJWTTokenParser {

    private final KeySet trusted;

    Parser(KeySet trusted) {
      this.trusted = trusted;
    }

    @Override
    protected VerificationKeyResolver getVerificationKeyResolver(JWTAuthContextInfo unused) {
      return this::key;
    }

    /** Runs before the signature is verified, so nothing of the header is trusted here. */
    private Key key(JsonWebSignature signature, List<JsonWebStructure> outer)
        throws UnresolvableKeyException {
      Headers header = signature.getHeaders();
      Object kid = header.getObjectHeaderValue("kid");
      if (!outer.isEmpty()
          || !(kid instanceof String id)
          || !SignatureAlgorithm.ES256.getAlgorithm().equals(header.getObjectHeaderValue("alg"))
          || !TYPE.equals(header.getObjectHeaderValue("typ"))
          || header.getObjectHeaderValue("crit") != null) {
        throw new UnresolvableKeyException("not the header of a JWT of the exchange");
      }
      return trusted.find(id).orElseThrow(UnknownKeyException::new);
    }
  }

  /** The header is valid, and its {@code kid} is not in the key set. */
  private static final class UnknownKeyException extends UnresolvableKeyException {

    private static final long serialVersionUID = 1L;

    UnknownKeyException() {
      super("unknown kid");
    }
  }
}
