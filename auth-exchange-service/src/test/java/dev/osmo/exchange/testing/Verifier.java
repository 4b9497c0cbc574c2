package dev.osmo.exchange.testing;

import static io.restassured.RestAssured.given;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.restassured.response.Response;
import java.text.ParseException;
import java.util.List;
import java.util.Set;

/** A resource server that knows only our issuer, its audience and our public keys. */
public final class Verifier {

  private static final Set<String> REQUIRED = Set.of("iss", "sub", "iat", "nbf", "exp", "jti");

  private Verifier() {}

  /** The claims of the JWT in a successful answer. */
  public static JWTClaimsSet claims(Response exchange) {
    if (exchange.statusCode() != 200) {
      throw new AssertionError("not exchanged: " + exchange.asString());
    }
    return claims(exchange.<String>path("token"), given().get("/api/auth/keys").asString());
  }

  public static List<String> roles(Response exchange) {
    try {
      return claims(exchange).getStringListClaim("roles");
    } catch (ParseException e) {
      throw new AssertionError(e);
    }
  }

  public static JWTClaimsSet claims(String jwt, String jwks) {
    return claims(jwt, jwks, "osmo");
  }

  /** The claims of a JWT for this audience. */
  public static JWTClaimsSet claims(String jwt, String jwks, String audience) {
    try {
      DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
      processor.setJWSTypeVerifier(
          new DefaultJOSEObjectTypeVerifier<>(new JOSEObjectType("at+jwt")));
      processor.setJWSKeySelector(
          new JWSVerificationKeySelector<>(
              JWSAlgorithm.ES256, new ImmutableJWKSet<>(JWKSet.parse(jwks))));
      processor.setJWTClaimsSetVerifier(
          new DefaultJWTClaimsVerifier<>(
              audience, new JWTClaimsSet.Builder().issuer(ServiceSetup.ISSUER).build(), REQUIRED));
      return processor.process(jwt, null);
    } catch (ParseException | BadJOSEException | JOSEException e) {
      throw new AssertionError("an independent verifier refuses the JWT", e);
    }
  }
}
