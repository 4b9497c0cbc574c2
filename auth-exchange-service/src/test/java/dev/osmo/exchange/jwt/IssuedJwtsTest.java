package dev.osmo.exchange.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.osmo.exchange.jwt.keys.SigningKeys;
import dev.osmo.exchange.testing.ExchangeStack;
import dev.osmo.exchange.testing.IssuedPat;
import dev.osmo.exchange.testing.OAuth;
import dev.osmo.exchange.testing.People;
import dev.osmo.exchange.testing.ServiceSetup;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.util.Base64;
import java.util.function.Function;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** JWTs that look like ours, made with everything that an attacker can know, and more. */
@QuarkusTest
@QuarkusTestResource(ExchangeStack.class)
class IssuedJwtsTest {

  private static final long NOW = System.currentTimeMillis() / 1000;

  @Inject SigningKeys keys;

  @ConfigProperty(name = "quarkus.datasource.reactive.url")
  String databaseUrl;

  private IssuedPat pat;
  private IssuedPat inspector;
  private String secretId;

  @BeforeEach
  void userAndInspector() {
    People people = new People(databaseUrl);
    pat = people.pat(people.person("osmo-user"));
    inspector = people.pat(people.person("osmo-introspect"));
    secretId = people.secretId(pat);
  }

  @Test
  void a_jwt_with_our_key_header_and_claims_is_accepted() {
    assertThat(told(signed(header(), claims()))).contains("\"active\":true");
  }

  static Stream<String> wrongHeaders() {
    return Stream.of(
        "\"typ\":\"JWT\"",
        "\"typ\":\"AT+JWT\"",
        "\"typ\":\"application/at+jwt\"",
        "\"typ\":5",
        "\"kid\":\"another\"",
        "\"kid\":null",
        "\"kid\":5",
        "\"alg\":5",
        "\"alg\":null",
        "\"alg\":\"ES384\"",
        "\"crit\":[\"exp\"]",
        "\"b64\":false,\"crit\":[\"b64\"]");
  }

  @ParameterizedTest
  @Tag("I9")
  @MethodSource("wrongHeaders")
  void a_wrong_header_is_refused_even_with_our_signature(String wrong) {
    refused(signed(replaced(header(), wrong), claims()));
  }

  static Stream<String> wrongClaims() {
    return Stream.of(
        "\"iss\":\"https://foreign.test\"",
        "\"iss\":null",
        "\"exp\":" + (NOW - 3600),
        "\"exp\":" + NOW / 1000,
        "\"exp\":null",
        "\"exp\":\"later\"",
        "\"exp\":1e400",
        "\"exp\":-1e400",
        "\"exp\":1e300",
        "\"exp\":" + "9".repeat(30),
        "\"iat\":1e400",
        "\"iat\":-1e400",
        "\"nbf\":1e400",
        "\"nbf\":" + (NOW + 3600),
        "\"nbf\":null",
        "\"iat\":null",
        "\"jti\":null",
        "\"sub\":null",
        "\"sub\":\"somebody-else@example.com\"",
        "\"pat_id\":null",
        "\"pat_id\":\"pat_0000000000000000000001\"",
        "\"osmo_secret_id\":null",
        "\"osmo_secret_id\":\"x\"",
        "\"osmo_secret_id\":\"00000000-0000-0000-0000-000000000000\"",
        "\"roles\":null",
        "\"roles\":[]",
        "\"roles\":[\"osmo-admin\"]",
        "\"roles\":\"osmo-user\"",
        "\"aud\":null",
        "\"aud\":5");
  }

  @ParameterizedTest
  @Tag("I9")
  @MethodSource("wrongClaims")
  void a_wrong_claim_is_inactive_even_with_our_signature(String wrong) {
    refused(signed(header(), replaced(claims(), wrong)));
  }

  @Test
  @Tag("I9")
  void a_duplicate_claim_is_refused() {
    refused(signed(header(), claims().replace("{", "{\"sub\":\"x\",")));
    refused(signed(header().replace("{", "{\"typ\":\"at+jwt\","), claims()));
  }

  @ParameterizedTest
  @Tag("I9")
  @ValueSource(strings = {"null", "[]", "5", "{}", "\"x\"", ""})
  void a_header_other_than_ours_is_refused(String header) {
    refused(signed(header, claims()));
  }

  @Test
  @Tag("I9")
  void a_payload_other_than_an_object_is_refused() {
    refused(signed(header(), "null"));
    refused(signed(header(), "[]"));
    refused(signed(header(), "5"));
    refused(signed(header(), ""));
  }

  @Test
  @Tag("I9")
  void a_jwt_without_a_signature_is_refused() {
    refused(encoded(replaced(header(), "\"alg\":\"none\"")) + "." + encoded(claims()) + ".");
    refused(encoded(header()) + "." + encoded(claims()) + ".");
    refused(encoded(header()) + "." + encoded(claims()) + "." + base64(new byte[64]));
  }

  @Test
  @Tag("I9")
  void the_public_key_used_as_an_hmac_secret_is_refused() throws JoseException {
    byte[] publicKey =
        new JsonWebKeySet(keys.jwks())
            .findJsonWebKey(keys.signing().id().value(), null, null, null)
            .getKey()
            .getEncoded();
    JsonWebSignature forged = new JsonWebSignature();
    forged.setHeader("typ", "at+jwt");
    forged.setKeyIdHeaderValue(keys.signing().id().value());
    forged.setAlgorithmHeaderValue("HS256");
    forged.setKey(new HmacKey(publicKey));
    forged.setPayload(claims());

    refused(forged.getCompactSerialization());
  }

  @Test
  @Tag("I9")
  void a_signature_of_another_key_under_our_kid_is_refused() throws JoseException {
    PrivateKey foreign = EcJwkGenerator.generateJwk(EllipticCurves.P256).getPrivateKey();

    refused(signed(header(), claims(), foreign));
  }

  @Test
  @Tag("I9")
  void a_key_inside_the_jwt_is_not_trusted() throws JoseException {
    var foreign = EcJwkGenerator.generateJwk(EllipticCurves.P256);
    String header =
        replaced(header(), "\"kid\":null").replace("}", ",\"jwk\":" + foreign.toJson() + "}");

    refused(signed(header, claims(), foreign.getPrivateKey()));
  }

  static Stream<Function<String, String>> shapes() {
    return Stream.of(
        jwt -> jwt + ".x.y",
        jwt -> jwt + ".",
        jwt -> jwt.substring(0, jwt.lastIndexOf('.')),
        jwt -> jwt.substring(0, jwt.length() - 4),
        jwt -> jwt + "AAAA",
        jwt -> "x" + jwt,
        // The same signature bytes in another text, which lenient Base64 decoders accept.
        jwt -> jwt + "=",
        jwt -> jwt.substring(0, jwt.length() - 1) + "!" + jwt.charAt(jwt.length() - 1),
        jwt -> jwt.substring(0, jwt.length() - 1) + (char) (jwt.charAt(jwt.length() - 1) + 1),
        jwt -> jwt.replaceFirst("\\.", ".AAAA"),
        jwt -> "..",
        jwt -> "....",
        jwt -> jwt + "A".repeat(8000));
  }

  @ParameterizedTest
  @Tag("I9")
  @MethodSource("shapes")
  void a_text_of_another_shape_is_refused(Function<String, String> change) {
    refused(change.apply(signed(header(), claims())));
  }

  /** The JWT neither authenticates the caller nor is active in an introspection. */
  private void refused(String jwt) {
    assertThat(told(jwt)).isEqualTo("{\"active\":false}");
    assertThat(OAuth.introspect(jwt, pat.text()).statusCode()).isEqualTo(401);
  }

  private String told(String jwt) {
    Response answer = OAuth.introspect(inspector.text(), jwt);
    assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
    return answer.asString();
  }

  private String header() {
    return "{\"alg\":\"ES256\",\"kid\":\"%s\",\"typ\":\"at+jwt\"}".formatted(keys.signing().id());
  }

  private String claims() {
    return """
    {"iss":"%s","aud":"osmo","sub":"%s","iat":%d,"nbf":%d,"exp":%d,"jti":"x","roles":["osmo-user"],"pat_id":"%s","osmo_secret_id":"%s"}"""
        .formatted(
            ServiceSetup.ISSUER, pat.owner(), NOW - 60, NOW - 60, NOW + 3600, pat.id(), secretId);
  }

  /** The same object with another value of this member; null removes the member. */
  private static String replaced(String json, String member) {
    String name = member.substring(0, member.indexOf(':'));
    String without =
        json.replaceFirst("," + name + ":(\"[^\"]*\"|\\[[^]]*]|\\d+)", "")
            .replaceFirst("\\{" + name + ":\"[^\"]*\",", "{");
    return member.endsWith("null") ? without : without.replaceFirst("}$", "," + member + "}");
  }

  private String signed(String header, String payload) {
    return signed(header, payload, keys.signing().privateKey());
  }

  private static String signed(String header, String payload, PrivateKey key) {
    String signingInput = encoded(header) + "." + encoded(payload);
    try {
      var signature = java.security.Signature.getInstance("SHA256withECDSAinP1363Format");
      signature.initSign(key);
      signature.update(signingInput.getBytes(StandardCharsets.US_ASCII));
      return signingInput + "." + base64(signature.sign());
    } catch (java.security.GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String encoded(String json) {
    return base64(json.getBytes(StandardCharsets.UTF_8));
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
