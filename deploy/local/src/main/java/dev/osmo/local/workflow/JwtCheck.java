package dev.osmo.local.workflow;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.net.URL;
import java.text.ParseException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Verifies an access token as RFC 9068 asks: ES256 only, type {@code at+jwt}, our issuer and
 * audience, not expired, signed by a key of our JWKS. Blocks while it fetches keys.
 */
final class JwtCheck {
  private static final String BEARER = "Bearer ";
  private static final int TIMEOUT_MS = 3000;
  private static final int MAX_KEYS_BYTES = 64 << 10;

  private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

  JwtCheck(URL keys, String issuer, String audience) {
    processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(new JOSEObjectType("at+jwt")));
    processor.setJWSKeySelector(
        new JWSVerificationKeySelector<>(
            JWSAlgorithm.ES256,
            JWKSourceBuilder.<SecurityContext>create(
                    keys, new DefaultResourceRetriever(TIMEOUT_MS, TIMEOUT_MS, MAX_KEYS_BYTES))
                .retrying(true)
                .build()));
    processor.setJWTClaimsSetVerifier(
        new DefaultJWTClaimsVerifier<>(
            audience,
            new JWTClaimsSet.Builder().issuer(issuer).build(),
            Set.of("sub", "exp", "iat", "roles")));
  }

  /** Never throws; whatever cannot be believed is {@link Verdict.Unknown}. */
  Verdict judge(@Nullable String authorization) {
    if (authorization == null
        || !authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      return new Verdict.Unknown();
    }
    try {
      return caller(processor.process(authorization.substring(BEARER.length()).strip(), null));
    } catch (KeySourceException e) {
      return new Verdict.NoKeys();
    } catch (ParseException | BadJOSEException | JOSEException e) {
      return new Verdict.Unknown();
    }
  }

  private static Verdict caller(JWTClaimsSet claims) throws ParseException {
    List<String> roles = claims.getStringListClaim("roles");
    return new Verdict.Known(new Caller(claims.getSubject(), roles == null ? List.of() : roles));
  }
}
