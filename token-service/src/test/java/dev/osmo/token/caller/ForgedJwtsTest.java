package dev.osmo.token.caller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.osmo.token.testing.Api;
import dev.osmo.token.testing.People;
import dev.osmo.token.testing.SigningKey;
import dev.osmo.token.testing.Stage;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** JWTs assembled byte by byte, as no library would write them. */
@QuarkusTest
@Tag("I9")
class ForgedJwtsTest {

  private static final String OWN = "/api/auth/access_token";
  private static final String P1363 = "SHA256withECDSAinP1363Format";
  private static final String DER = "SHA256withECDSA";

  private SigningKey key;
  private String header;
  private String claims;

  @BeforeEach
  void a_good_login() {
    key = Stage.current().exchange().key();
    String[] good = People.with("osmo-user").login().text().split("\\.", -1);
    header = decoded(good[0]);
    claims = decoded(good[1]);
  }

  @Test
  void a_valid_jwt_assembled_by_hand_is_accepted() {
    assertThat(status(signed(header, claims))).isEqualTo(200);
  }

  @Test
  void an_invalid_signature_is_refused() {
    String content = encoded(header) + "." + encoded(claims) + ".";
    Map<String, byte[]> signatures =
        Map.of(
            "none",
            new byte[0],
            "zero",
            new byte[64],
            "too short",
            new byte[63],
            "too long",
            new byte[65],
            "of the other encoding",
            signature(DER, content.substring(0, content.length() - 1), privateKey(key)));

    signatures.forEach(
        (what, bytes) -> assertThat(status(content + base64(bytes))).as(what).isEqualTo(401));
  }

  @Test
  void a_jwt_with_another_number_of_parts_is_refused() {
    String good = signed(header, claims);

    for (String text :
        new String[] {
          good + ".x.y",
          good + ".",
          good + "..",
          good.substring(0, good.lastIndexOf('.')),
          "." + good
        }) {
      assertThat(status(text)).as(text).isEqualTo(401);
    }
  }

  @Test
  void a_duplicate_header_or_claim_is_refused_even_with_our_signature() {
    assertThat(status(signed(header, claims.replaceFirst("\\{", "{\"sub\":\"admin\","))))
        .isEqualTo(401);
    assertThat(status(signed(header, claims.replaceFirst("}$", ",\"roles\":[\"osmo-admin\"]}"))))
        .isEqualTo(401);
    assertThat(status(signed(header.replaceFirst("\\{", "{\"typ\":\"at+jwt\","), claims)))
        .isEqualTo(401);
  }

  @Test
  void a_payload_other_than_an_object_is_refused_even_with_our_signature() {
    for (String payload : new String[] {"", "[]", "5", "null", "[" + claims + "]"}) {
      assertThat(status(signed(header, payload))).as(payload).isEqualTo(401);
    }
  }

  @Test
  void a_key_inside_the_jwt_is_not_trusted() {
    SigningKey foreign = SigningKey.make();
    String withKey = header.replaceFirst("}$", ",\"jwk\":" + foreign.publicJwk() + "}");
    String withAddress =
        header.replaceFirst("}$", ",\"jku\":\"https://evil.test\",\"x5u\":\"https://evil.test\"}");

    assertThat(status(signed(withKey, claims, foreign))).isEqualTo(401);
    assertThat(status(signed(withAddress, claims, foreign))).isEqualTo(401);
  }

  @Test
  void the_encoded_public_key_used_as_an_hmac_secret_is_refused() throws GeneralSecurityException {
    String content = encoded(header.replace("ES256", "HS256")) + "." + encoded(claims);
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key.jwk().getPublicKey().getEncoded(), "HmacSHA256"));

    assertThat(
            status(
                content + "." + base64(mac.doFinal(content.getBytes(StandardCharsets.US_ASCII)))))
        .isEqualTo(401);
  }

  private static int status(String jwt) {
    return Api.withBearer(jwt).get(OWN).statusCode();
  }

  private String signed(String header, String payload) {
    return signed(header, payload, key);
  }

  private static String signed(String header, String payload, SigningKey by) {
    String content = encoded(header) + "." + encoded(payload);
    return content + "." + base64(signature(P1363, content, privateKey(by)));
  }

  private static PrivateKey privateKey(SigningKey key) {
    return key.jwk().getPrivateKey();
  }

  private static byte[] signature(String algorithm, String content, PrivateKey key) {
    try {
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(key);
      signature.update(content.getBytes(StandardCharsets.US_ASCII));
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String encoded(String json) {
    return base64(json.getBytes(StandardCharsets.UTF_8));
  }

  private static String decoded(String part) {
    return new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8);
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
