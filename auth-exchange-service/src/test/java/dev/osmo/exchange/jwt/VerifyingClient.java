package dev.osmo.exchange.jwt;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.osmo.exchange.testing.ServiceSetup;
import dev.osmo.exchange.testing.Verifier;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.auth.principal.DefaultJWTParser;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import java.net.MalformedURLException;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import org.jose4j.jwk.HttpsJwks;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.resolvers.HttpsJwksVerificationKeyResolver;

/** A resource server that caches our public keys in its own way. */
interface VerifyingClient {

  /** Throws an exception if it refuses the JWT. */
  void verify(String jwt) throws Exception;

  /**
   * The strictest client: it fetches the keys again when their maximum age has passed, and never
   * because a key is unknown. Token-service does both.
   */
  static VerifyingClient byMaxAge(URI keys) {
    return new VerifyingClient() {
      private static final Duration SHORTEST = Duration.ofSeconds(5);
      private String jwks = "";
      private long goodUntil = System.nanoTime();

      @Override
      public void verify(String jwt) {
        if (System.nanoTime() - goodUntil >= 0) {
          Response answer = RestAssured.get(keys);
          Duration maxAge =
              Duration.ofSeconds(
                  Long.parseLong(answer.header("Cache-Control").replaceAll(".*max-age=", "")));
          jwks = answer.asString();
          goodUntil =
              System.nanoTime() + (maxAge.compareTo(SHORTEST) < 0 ? SHORTEST : maxAge).toNanos();
        }
        Verifier.claims(jwt, jwks);
      }
    };
  }

  static VerifyingClient jose4j(URI keys) {
    JwtConsumer consumer =
        new JwtConsumerBuilder()
            .setVerificationKeyResolver(
                new HttpsJwksVerificationKeyResolver(new HttpsJwks(keys.toString())))
            .setExpectedIssuer(ServiceSetup.ISSUER)
            .setExpectedAudience("osmo")
            .setExpectedType(true, "at+jwt")
            .setAllowedClockSkewInSeconds(5)
            .build();
    return consumer::processToClaims;
  }

  static VerifyingClient nimbus(URI keys) throws MalformedURLException {
    JWKSource<SecurityContext> source = JWKSourceBuilder.create(keys.toURL()).build();
    DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
    processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(new JOSEObjectType("at+jwt")));
    processor.setJWSKeySelector(new JWSVerificationKeySelector<>(JWSAlgorithm.ES256, source));
    return jwt -> processor.process(jwt, null);
  }

  static VerifyingClient smallRye(URI keys) {
    JWTAuthContextInfo info = new JWTAuthContextInfo(keys.toString(), ServiceSetup.ISSUER);
    info.setSignatureAlgorithm(Set.of(SignatureAlgorithm.ES256));
    DefaultJWTParser parser = new DefaultJWTParser(info);
    return parser::parse;
  }
}
