package dev.osmo.exchange.jwt;

import dev.osmo.exchange.jwt.keys.SigningKeys;
import dev.osmo.exchange.settings.AuthExchangeConfig;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.auth.principal.DefaultJWTTokenParser;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.ParseException;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.Key;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwx.Headers;
import org.jose4j.jwx.JsonWebStructure;
import org.jose4j.keys.resolvers.VerificationKeyResolver;
import org.jose4j.lang.UnresolvableKeyException;

/**
 * Verifies the JWTs that this service has signed, with SmallRye JWT's parser and the published
 * keys.
 *
 * <ol>
 *   <li>Accepts ES256 with {@code typ: at+jwt} and no {@code crit}, a {@code kid} that is published
 *       now, our issuer, and a JWT that has every claim that we always set.
 *   <li>Does not check time and audience. The caller checks both, the time against the database's
 *       clock.
 *   <li>Returns empty for any other text and gives no reason.
 * </ol>
 */
@ApplicationScoped
public class IssuedJwts {

  /**
   * The parser always checks the local clock, so its leeway is long. A JWT that passes here is
   * checked again against the database's clock, without leeway.
   */
  private static final Duration LOCAL_CLOCK_LEEWAY = Duration.ofDays(1);

  /** Three parts, and the one canonical Base64url text of 64 signature bytes (RFC 7518, 3.4). */
  private static final Pattern COMPACT_JWS =
      Pattern.compile("[A-Za-z0-9_-]++\\.[A-Za-z0-9_-]++\\.[A-Za-z0-9_-]{85}[AQgw]");

  private final KeyRingParser parser;
  private final JWTAuthContextInfo expected;
  private final int maxBytes;

  IssuedJwts(SigningKeys keys, AuthExchangeConfig config) {
    this.parser = new KeyRingParser(keys);
    this.expected = expected(config.issuer());
    this.maxBytes = config.jwt().maxBytes();
  }

  private static JWTAuthContextInfo expected(String issuer) {
    JWTAuthContextInfo expected = new JWTAuthContextInfo();
    expected.setIssuedBy(issuer);
    expected.setSignatureAlgorithm(Set.of(SignatureAlgorithm.ES256));
    expected.setClockSkew(Math.toIntExact(LOCAL_CLOCK_LEEWAY.toSeconds()));
    return expected;
  }

  public Optional<IssuedJwt> verify(String text) {
    if (text.length() > maxBytes || !COMPACT_JWS.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(IssuedJwt.of(parser.parse(text, expected).getJwtClaims()));
    } catch (ParseException
        | MalformedClaimException
        | IllegalArgumentException
        | ClassCastException
        // A number such as 1e400 is not an instant.
        | DateTimeException e) {
      return Optional.empty();
    }
  }

  /** SmallRye JWT's parser with the keys of the ring, and with the header checks that it lacks. */
  private static final class KeyRingParser extends DefaultJWTTokenParser {

    private final SigningKeys keys;

    KeyRingParser(SigningKeys keys) {
      this.keys = keys;
    }

    @Override
    protected VerificationKeyResolver getVerificationKeyResolver(JWTAuthContextInfo unused) {
      return this::key;
    }

    /** Runs before the signature is verified, so nothing of the header is trusted here. */
    private Key key(JsonWebSignature signature, List<JsonWebStructure> outer)
        throws UnresolvableKeyException {
      Headers header = signature.getHeaders();
      if (!outer.isEmpty()
          || !SignatureAlgorithm.ES256.getAlgorithm().equals(header.getObjectHeaderValue("alg"))
          || !JwtSigner.TYPE.equals(header.getObjectHeaderValue("typ"))
          || header.getObjectHeaderValue("crit") != null) {
        throw new UnresolvableKeyException("the header is not that of a JWT of this service");
      }
      return keys.publicKey(header.getObjectHeaderValue("kid"))
          .orElseThrow(() -> new UnresolvableKeyException("the key is not published"));
    }
  }
}
