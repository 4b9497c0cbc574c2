package dev.osmo.exchange.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jwt.SignedJWT;
import dev.osmo.exchange.jwt.JwtOrigin.OfPat;
import dev.osmo.exchange.jwt.JwtOrigin.OfSession;
import dev.osmo.exchange.jwt.keys.SigningKeys;
import dev.osmo.exchange.jwt.material.SigningKey;
import dev.osmo.exchange.settings.AuthExchangeConfig;
import dev.osmo.exchange.testing.ExchangeStack;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.security.interfaces.ECPublicKey;
import java.text.ParseException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(ExchangeStack.class)
class JwtSignerTest {

  private static final Instant NOW = Instant.ofEpochSecond(1_795_478_400L, 999_999_999);

  @Inject JwtSigner signer;
  @Inject SigningKeys keys;
  @Inject AuthExchangeConfig config;

  @ParameterizedTest
  @CsvSource({
    "user@example.com, my-token, osmo-user, ",
    "user@example.com, my-token, osmo-ml-team osmo-user, https://reports.test/api",
    "'o\"neil\\@example.com', 'tab\tand \u0001 and \"quotes\" {\"iss\":\"other\"}', 'a\"b c\\', reports",
    "jürgen.müller@例え.test, 🔑 für die Pipeline </script>, r-é r-🔑, ",
  })
  void a_jwt_has_the_header_and_the_claims_that_the_builder_of_smallrye_jwt_writes(
      String user, String name, String roles, @Nullable String audience)
      throws ParseException, JOSEException {
    JwtOrigin pat = new OfPat("pat_0000000000000000000001", UUID.randomUUID(), name);

    assertIsAsBuilt(subject(user, pat, roles, audience));
  }

  @ParameterizedTest
  @CsvSource({
    "user@example.com, osmo-cli, A Person, osmo-user, ",
    "user@example.com, osmo-cli, , osmo-ml-team osmo-user, https://reports.test/api",
    "'o\"neil\\@example.com', 'client \"a\"', 'O\"Neil \u0001 {\"sub\":\"admin\"}', 'a\"b c\\', reports",
    "jürgen.müller@例え.test, osmo-cli, Jürgen Müller 🔑, r-é r-🔑, ",
  })
  void the_jwt_of_a_session_is_also_that_of_the_builder(
      String user, String client, @Nullable String name, String roles, @Nullable String audience)
      throws ParseException, JOSEException {
    JwtOrigin session = new OfSession(UUID.randomUUID(), client, name);

    assertIsAsBuilt(subject(user, session, roles, audience));
  }

  private static JwtSubject subject(
      String user, JwtOrigin origin, String roles, @Nullable String audience) {
    return new JwtSubject(
        user, origin, List.of(roles.split(" ")), audience, NOW, NOW.plusSeconds(300));
  }

  private void assertIsAsBuilt(JwtSubject subject) throws ParseException, JOSEException {
    SigningKey key = keys.signing();

    SignedJwt signed = signer.sign(subject).orElseThrow();

    SignedJWT composed = SignedJWT.parse(signed.text());
    SignedJWT built = SignedJWT.parse(BuiltJwt.sign(subject, signed.jti(), key, config));
    assertThat(composed.getHeader().toJSONObject()).isEqualTo(built.getHeader().toJSONObject());
    assertThat(composed.getPayload().toJSONObject()).isEqualTo(built.getPayload().toJSONObject());
    ECPublicKey published = (ECPublicKey) keys.publicKey(key.id().value()).orElseThrow();
    assertThat(composed.verify(new ECDSAVerifier(published))).isTrue();
    assertThat(built.verify(new ECDSAVerifier(published))).isTrue();
  }
}
