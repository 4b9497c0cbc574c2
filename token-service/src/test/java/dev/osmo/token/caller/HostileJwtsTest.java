package dev.osmo.token.caller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.osmo.token.testing.Api;
import dev.osmo.token.testing.Jwt;
import dev.osmo.token.testing.People;
import dev.osmo.token.testing.Stage;
import io.quarkus.test.junit.QuarkusTest;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jose4j.jwe.ContentEncryptionAlgorithmIdentifiers;
import org.jose4j.jwe.JsonWebEncryption;
import org.jose4j.jwe.KeyManagementAlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What SmallRye JWT's parser accepts, or would accept without our own checks. */
@QuarkusTest
@Tag("I9")
class HostileJwtsTest {

  private static final String OWN = "/api/auth/access_token";

  static Stream<Arguments> hostile() {
    long now = Instant.now().getEpochSecond();
    Map<String, Consumer<Jwt>> cases = new LinkedHashMap<>();
    cases.put("RS256", jwt -> jwt.header("alg", "RS256").signedBy(rsaKey()));
    cases.put("typ in its long form", jwt -> jwt.header("typ", "application/at+jwt"));
    cases.put("typ in capitals", jwt -> jwt.header("typ", "AT+JWT"));
    cases.put("typ id+jwt", jwt -> jwt.header("typ", "id+jwt"));
    cases.put("typ of another JSON type", jwt -> jwt.header("typ", List.of("at+jwt")));
    cases.put("an empty crit header", jwt -> jwt.header("crit", List.of()));
    cases.put("kid of another JSON type", jwt -> jwt.header("kid", 5));
    cases.put("an audience list without ours", jwt -> jwt.claim("aud", List.of("a", "b")));
    cases.put("an empty audience list", jwt -> jwt.claim("aud", List.of()));
    cases.put("an issuer list", jwt -> jwt.claim("iss", List.of("http://localhost:8080")));
    cases.put("exp as text", jwt -> jwt.claim("exp", Long.toString(now + 300)));
    cases.put("a fractional exp in the past", jwt -> jwt.claim("exp", now - 60.5));
    cases.put("exp beyond a long", jwt -> jwt.claim("exp", new BigInteger("9".repeat(30))));
    cases.put("exp beyond a double", jwt -> jwt.claim("exp", 1e300));
    cases.put("a lifetime of more than an hour", jwt -> jwt.claim("exp", now + 7200));
    cases.put("exp before iat", jwt -> jwt.claim("iat", now + 4).claim("exp", now + 3));
    cases.put("no iat", jwt -> jwt.without("iat"));
    cases.put("iat in the future", jwt -> jwt.claim("iat", now + 60));
    cases.put("iat as text", jwt -> jwt.claim("iat", "now"));
    cases.put("no nbf", jwt -> jwt.without("nbf"));
    cases.put("nbf as text", jwt -> jwt.claim("nbf", "now"));
    cases.put("a subject of another JSON type", jwt -> jwt.claim("sub", 5));
    cases.put("a jti of another JSON type", jwt -> jwt.claim("jti", List.of("x")));
    cases.put("roles as text", jwt -> jwt.claim("roles", "osmo-user"));
    cases.put("roles of another JSON type", jwt -> jwt.claim("roles", List.of(1, 2)));
    cases.put("a null among the roles", jwt -> jwt.claim("roles", Arrays.asList("x", null)));
    cases.put("a secret id that is no UUID", jwt -> jwt.claim("osmo_secret_id", "x"));
    cases.put("groups of another JSON type", jwt -> jwt.claim("groups", 5));
    for (String claim :
        List.of("iss", "aud", "sub", "iat", "nbf", "exp", "jti", "roles", "pat_id")) {
      cases.put("a null " + claim, jwt -> jwt.claim(claim, null));
    }
    return cases.entrySet().stream().map(one -> Arguments.of(one.getKey(), one.getValue()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("hostile")
  void a_hostile_jwt_is_refused(String what, Consumer<Jwt> change) {
    assertThat(status(People.with("osmo-user").login().with(change).text())).isEqualTo(401);
  }

  static Stream<Arguments> unusual() {
    double expiry = Instant.now().getEpochSecond() + 299.5;
    Map<String, Consumer<Jwt>> cases = new LinkedHashMap<>();
    cases.put("an audience list with ours", jwt -> jwt.claim("aud", List.of("a", "osmo")));
    cases.put("a fractional exp, RFC 7519", jwt -> jwt.claim("exp", expiry));
    cases.put("an unknown header, RFC 7515", jwt -> jwt.header("x", List.of(1)));
    cases.put("no roles", jwt -> jwt.claim("roles", Collections.emptyList()));
    return cases.entrySet().stream().map(one -> Arguments.of(one.getKey(), one.getValue()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("unusual")
  void an_unusual_jwt_that_the_standards_allow_is_accepted(String what, Consumer<Jwt> change) {
    assertThat(status(People.with("osmo-user").login().with(change).text())).isEqualTo(200);
  }

  @Test
  void a_signature_has_one_spelling() {
    String good = People.with("osmo-user").login().text();
    String start = good.substring(0, good.length() - 1);
    char last = good.charAt(good.length() - 1);

    assertThat(status(start + (char) (last + 1))).as("unused bits are set").isEqualTo(401);
    assertThat(status(good + "=")).as("padding").isEqualTo(401);
    assertThat(status(good + "==")).as("more padding").isEqualTo(401);
    assertThat(status(start + "~" + last)).as("a foreign character").isEqualTo(401);
    assertThat(status(start + " " + last)).as("a space").isEqualTo(401);
    assertThat(status(good)).isEqualTo(200);
  }

  @Test
  void a_jwt_within_a_jwt_is_refused() throws JoseException {
    JsonWebSignature outer = new JsonWebSignature();
    outer.setHeader("typ", "at+jwt");
    outer.setHeader("cty", "JWT");
    outer.setHeader("alg", "ES256");
    outer.setHeader("kid", Stage.current().exchange().key().jwk().getKeyId());
    outer.setKey(Stage.current().exchange().key().jwk().getPrivateKey());
    outer.setPayload(People.with("osmo-user").login().text());

    assertThat(status(outer.getCompactSerialization())).isEqualTo(401);
  }

  @Test
  void an_encrypted_jwt_is_refused() throws JoseException {
    JsonWebEncryption jwe = new JsonWebEncryption();
    jwe.setHeader("typ", "at+jwt");
    jwe.setHeader("cty", "JWT");
    jwe.setHeader("kid", Stage.current().exchange().key().jwk().getKeyId());
    jwe.setAlgorithmHeaderValue(KeyManagementAlgorithmIdentifiers.ECDH_ES);
    jwe.setEncryptionMethodHeaderParameter(ContentEncryptionAlgorithmIdentifiers.AES_128_GCM);
    jwe.setKey(Stage.current().exchange().key().jwk().getPublicKey());
    jwe.setPayload(People.with("osmo-user").login().text());

    assertThat(status(jwe.getCompactSerialization())).isEqualTo(401);
  }

  @Test
  void a_signed_jwt_over_the_size_limit_is_refused() {
    Jwt jwt = People.with("osmo-user").login().claim("filler", "x".repeat(8192));

    assertThat(status(jwt.text())).isEqualTo(401);
  }

  @Test
  @Tag("I10")
  void only_an_unknown_key_of_our_own_kind_causes_a_fetch() {
    Jwt unknown = People.with("osmo-user").login().header("kid", "unknown");
    assertThat(fetchesBy(unknown.text())).isPositive();

    assertThat(isFetchFree(unknown.text() + "=")).as("another spelling").isTrue();
    assertThat(isFetchFree(unknown.header("typ", "JWT").text())).as("another type").isTrue();
    assertThat(isFetchFree(unknown.header("alg", "RS256").signedBy(rsaKey()).text()))
        .as("another algorithm")
        .isTrue();
  }

  /** Once in three times is enough, as the service also fetches in the background. */
  private static boolean isFetchFree(String jwt) {
    return IntStream.range(0, 3).anyMatch(time -> fetchesBy(jwt) == 0);
  }

  private static int fetchesBy(String jwt) {
    int before = Stage.current().exchange().fetches();
    assertThat(status(jwt)).isEqualTo(401);
    return Stage.current().exchange().fetches() - before;
  }

  private static int status(String jwt) {
    return Api.withBearer(jwt).get(OWN).statusCode();
  }

  private static PrivateKey rsaKey() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair().getPrivate();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
