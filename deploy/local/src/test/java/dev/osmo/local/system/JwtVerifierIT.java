package dev.osmo.local.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.PlainHeader;
import com.nimbusds.jose.PlainObject;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.osmo.client.Credential;
import dev.osmo.client.ExchangeException;
import dev.osmo.client.JwtSource;
import dev.osmo.client.verify.JwtVerifier;
import dev.osmo.client.verify.RefusedJwtException;
import dev.osmo.client.verify.RefusedJwtException.Reason;
import dev.osmo.client.verify.VerifiedJwt;
import dev.osmo.local.system.Interposed.Answer;
import dev.osmo.testkit.waiting.Patience;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A Java server that verifies the JWTs of its callers. */
class JwtVerifierIT extends ClientLibrary {

  @Test
  void a_jwt_of_the_exchange_is_accepted() throws Exception {
    VerifiedJwt jwt = verifier("osmo").build().verify(jwt());

    assertThat(jwt.subject()).isEqualTo(USER);
    assertThat(jwt.roles()).containsExactlyInAnyOrder("osmo-user", "osmo-ml-team");
    assertThat(jwt.accessTokenId()).hasValueSatisfying(id -> assertThat(id).startsWith("pat_"));
    assertThat(jwt.claims()).containsEntry("osmo_token_name", name);
    jwt.requireRole("osmo-user");
    assertThatThrownBy(() -> jwt.requireRole("osmo-admin"))
        .isInstanceOfSatisfying(
            RefusedJwtException.class, e -> assertThat(e.reason()).isEqualTo(Reason.ROLE_MISSING));
  }

  @Test
  void a_jwt_is_accepted_by_its_audience_only() throws Exception {
    String reports = source().audience("reports").build().current().text();

    assertThat(verifier("reports").build().verify(reports).subject()).isEqualTo(USER);
    assertRefused(verifier("osmo"), reports, Reason.WRONG_AUDIENCE);
    assertRefused(verifier("reports"), jwt(), Reason.WRONG_AUDIENCE);
    assertRefused(
        JwtVerifier.of("https://other.example.com", "osmo").keySet(keys(stack.url())),
        jwt(),
        Reason.WRONG_CLAIMS);
  }

  @Test
  void an_expired_jwt_is_refused_after_the_leeway() throws Exception {
    String jwt = jwt();
    Instant end = verifier("osmo").build().verify(jwt).expiresAt();

    assertThat(verifier("osmo").clock(at(end.plusSeconds(9))).build().verify(jwt)).isNotNull();
    assertRefused(verifier("osmo").clock(at(end.plusSeconds(10))), jwt, Reason.EXPIRED);
    assertRefused(verifier("osmo").leeway(Duration.ZERO).clock(at(end)), jwt, Reason.EXPIRED);
    assertRefused(verifier("osmo").clock(at(end.minus(Duration.ofHours(1)))), jwt, Reason.EXPIRED);
  }

  @Test
  void no_forgery_is_accepted() throws Exception {
    SignedJWT real = SignedJWT.parse(jwt());
    String kid = real.getHeader().getKeyID();
    Payload payload = real.getPayload();
    ECKey published = (ECKey) JWKSet.load(keys(stack.url()).toURL()).getKeyByKeyId(kid);
    ECKey own = new ECKeyGenerator(Curve.P_256).keyID(kid).generate();
    JOSEObjectType type = new JOSEObjectType("at+jwt");

    assertRefused(signed(own, header(type, kid).build(), payload), Reason.WRONG_SIGNATURE);
    assertRefused(
        signed(own, header(type, kid).jwk(own.toPublicJWK()).build(), payload),
        Reason.WRONG_SIGNATURE);
    assertRefused(
        signed(own, header(type, kid).jwkURL(stranger.url("/keys")).build(), payload),
        Reason.WRONG_SIGNATURE);
    assertRefused(signed(own, header(type, "other").build(), payload), Reason.UNKNOWN_KEY);
    assertRefused(signed(own, header(type, null).build(), payload), Reason.UNKNOWN_KEY);
    assertRefused(signed(own, header(null, kid).build(), payload), Reason.WRONG_TYPE);
    assertRefused(signed(own, header(JOSEObjectType.JWT, kid).build(), payload), Reason.WRONG_TYPE);
    JWSObject hmac =
        new JWSObject(
            new JWSHeader.Builder(JWSAlgorithm.HS256).type(type).keyID(kid).build(), payload);
    hmac.sign(new MACSigner(published.toECPublicKey().getEncoded()));
    assertRefused(hmac.serialize(), Reason.WRONG_TYPE);
    assertRefused(
        new PlainObject(new PlainHeader.Builder().type(type).build(), payload).serialize(),
        Reason.MALFORMED);
    String[] parts = real.serialize().split("\\.", -1);
    String admin =
        new Payload(payload.toString().replace("osmo-user", "osmo-admin")).toBase64URL().toString();
    assertRefused(parts[0] + "." + admin + "." + parts[2], Reason.WRONG_SIGNATURE);
    assertRefused(parts[0] + "." + parts[1] + ".", Reason.MALFORMED);
    assertRefused(parts[0] + "." + parts[1] + "." + "A".repeat(86), Reason.WRONG_SIGNATURE);
    assertRefused(pat, Reason.MALFORMED);
    assertRefused("", Reason.MALFORMED);
    assertRefused(real.serialize() + "A".repeat(20_000), Reason.MALFORMED);
    assertThat(stranger.requests()).as("addresses in a header").isEmpty();
  }

  @Test
  void forgeries_with_unknown_keys_do_not_cause_a_fetch_each() throws Exception {
    JwtVerifier verifier = verifier("osmo").keySet(keys(osmo.url().toString())).build();
    ECKey own = new ECKeyGenerator(Curve.P_256).generate();
    Payload payload = SignedJWT.parse(jwt()).getPayload();
    Instant start = Instant.now();

    for (int i = 0; i < 40; i++) {
      String forged = signed(own, header(new JOSEObjectType("at+jwt"), "k" + i).build(), payload);
      assertThatThrownBy(() -> verifier.verify(forged)).isInstanceOf(RefusedJwtException.class);
    }

    assertThat(verifier.verify(jwt()).subject()).isEqualTo(USER);
    long allowed = 3 + 2 * (Duration.between(start, Instant.now()).toSeconds() / 5);
    assertThat(osmo.count("GET /.well-known/jwks.json")).isBetween(1L, allowed);
  }

  @Test
  void a_key_that_is_published_later_is_found() throws Exception {
    JwtVerifier verifier = verifier("osmo").keySet(keys(osmo.url().toString())).build();
    osmo.answer("/.well-known/jwks.json", new Answer(200, Map.of(), "{\"keys\":[]}"));
    String jwt = jwt();
    assertThatThrownBy(() -> verifier.verify(jwt))
        .isInstanceOfSatisfying(
            RefusedJwtException.class, e -> assertThat(e.reason()).isEqualTo(Reason.UNKNOWN_KEY));

    osmo.forward("/.well-known/jwks.json");

    Awaitility.await()
        .atMost(Patience.LONG)
        .ignoreExceptionsInstanceOf(RefusedJwtException.class)
        .until(() -> verifier.verify(jwt).subject().equals(USER));
  }

  @Test
  @Tag("I9")
  void without_keys_nothing_is_accepted() throws Exception {
    String jwt = jwt();
    for (Answer answer :
        List.of(
            Answer.of(503),
            Answer.redirect(302, keys(stack.url()).toString()),
            new Answer(200, Map.of(), "no keys"),
            new Answer(200, Map.of(), " ".repeat(300_000)))) {
      osmo.answer("/.well-known/jwks.json", answer);
      JwtVerifier verifier = verifier("osmo").keySet(keys(osmo.url().toString())).build();

      // Also when the limit of fetches is reached: nobody knows the keys then.
      for (int i = 0; i < 4; i++) {
        assertThatThrownBy(() -> verifier.verify(jwt)).isInstanceOf(IOException.class);
      }
    }
    assertThatThrownBy(
            () -> verifier("osmo").keySet(URI.create("http://keys.example.com/jwks.json")).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not encrypted");
  }

  @Test
  @Tag("I2")
  @Tag("I3")
  void introspection_sees_a_removal_and_a_deletion_at_once() throws Exception {
    String user = "seen@example.com";
    createUser(user, "osmo-user", "osmo-ml-team");
    createUser("reports-server@example.com", "osmo-introspect");
    String subject = admin.postEmpty(tokens(user, "seen")).text();
    String own = admin.postEmpty(tokens("reports-server@example.com", "server")).text();
    JwtVerifier introspecting =
        verifier("osmo")
            .introspecting(JwtSource.at(URI.create(stack.url()), Credential.ofToken(own)).build())
            .build();
    String jwt = Http.as(stack.url(), subject).jwt();
    assertThat(introspecting.verify(jwt).roles()).hasSize(2);

    assertThat(admin.delete("/api/auth/user/" + user + "/roles/osmo-ml-team").status())
        .isEqualTo(200);

    assertThat(introspecting.verify(jwt).roles()).containsExactly("osmo-user");
    assertThat(verifier("osmo").build().verify(jwt).roles()).as("the JWT itself").hasSize(2);
    assertThat(admin.delete(tokens(user, "seen")).status()).isEqualTo(200);
    assertThatThrownBy(() -> introspecting.verify(jwt))
        .isInstanceOfSatisfying(
            RefusedJwtException.class, e -> assertThat(e.reason()).isEqualTo(Reason.REVOKED));
  }

  @Test
  void introspection_works_for_an_audience_of_ones_own_and_for_no_other() throws Exception {
    JwtSource own = JwtSource.at(URI.create(stack.url()), Credential.ofToken(pat)).build();
    String reports = source().audience("reports").build().current().text();

    assertThat(verifier("reports").introspecting(own).build().verify(reports).subject())
        .isEqualTo(USER);
    assertRefused(verifier("osmo").introspecting(own), reports, Reason.WRONG_AUDIENCE);
    assertRefused(verifier("reports").introspecting(own), jwt(), Reason.WRONG_AUDIENCE);
    assertRefused(verifier("osmo").introspecting(own), pat, Reason.MALFORMED);
  }

  @Test
  @Tag("I9")
  void a_jwt_without_an_id_is_refused() throws Exception {
    OwnIssuer own = new OwnIssuer(osmo);

    assertThat(own.verifier().build().verify(own.jwt("j")).id()).isEqualTo("j");
    assertRefused(own.verifier(), own.jwt(null), Reason.WRONG_CLAIMS);
    assertRefused(own.verifier(), own.jwt(" "), Reason.WRONG_CLAIMS);
  }

  @Test
  @Tag("I9")
  void an_introspection_response_that_is_too_large_or_too_slow_is_not_read() throws Exception {
    OwnIssuer own = new OwnIssuer(osmo);
    JwtVerifier introspecting =
        own.verifier().timeout(Duration.ofSeconds(5)).introspecting(source().build()).build();
    osmo.answer("/oauth2/introspect", active(""));
    assertThat(introspecting.verify(own.jwt("j")).roles()).containsExactly("osmo-user");

    osmo.answer("/oauth2/introspect", active(" ".repeat(100_000)));
    assertThatThrownBy(() -> introspecting.verify(own.jwt("j")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("larger than");

    osmo.answer("/oauth2/introspect", Answer.endless());
    assertThatThrownBy(() -> introspecting.verify(own.jwt("j")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no complete response");
  }

  private static Answer active(String spaces) {
    return new Answer(200, Map.of(), "{\"active\":true," + spaces + "\"scope\":\"osmo-user\"}");
  }

  /** An issuer whose key is known, at the address of another server. */
  private record OwnIssuer(String issuer, ECKey key) {
    OwnIssuer(Interposed server) throws Exception {
      this(server.url().toString(), new ECKeyGenerator(Curve.P_256).keyID("own").generate());
      server.answer(
          "/.well-known/jwks.json",
          new Answer(200, Map.of(), new JWKSet(key.toPublicJWK()).toString()));
    }

    JwtVerifier.Builder verifier() {
      return JwtVerifier.of(issuer, "osmo");
    }

    String jwt(String id) throws Exception {
      JWTClaimsSet claims =
          new JWTClaimsSet.Builder()
              .issuer(issuer)
              .audience("osmo")
              .subject(USER)
              .claim("roles", List.of("osmo-user"))
              .expirationTime(Date.from(Instant.now().plusSeconds(3600)))
              .jwtID(id)
              .build();
      return signed(key, header(new JOSEObjectType("at+jwt"), "own").build(), claims.toPayload());
    }
  }

  @Test
  @Tag("I9")
  void if_introspection_is_not_available_nothing_is_accepted() throws Exception {
    String jwt = jwt();
    JwtVerifier introspecting =
        verifier("osmo")
            .introspecting(JwtSource.at(URI.create(stack.url()), Credential.ofToken(pat)).build())
            .build();
    assertThat(introspecting.verify(jwt).subject()).isEqualTo(USER);
    String other = admin.postEmpty(tokens(USER, name + "-other")).text();
    JwtVerifier unauthorized =
        verifier("osmo")
            .introspecting(JwtSource.at(URI.create(stack.url()), Credential.ofToken(other)).build())
            .build();

    assertThat(admin.delete(tokens(USER, name + "-other")).status()).isEqualTo(200);

    assertThatThrownBy(() -> unauthorized.verify(jwt)).isInstanceOf(ExchangeException.class);
    assertThatThrownBy(() -> verifier("osmo").introspecting(source().build()).build().verify(jwt))
        .as("a source whose JWTs are not for this server")
        .isInstanceOf(IllegalArgumentException.class);
  }

  private String jwt() throws Exception {
    return Http.as(stack.url(), pat).jwt();
  }

  private static URI keys(String server) {
    return URI.create(server + "/.well-known/jwks.json");
  }

  private static Clock at(Instant time) {
    return Clock.fixed(time, ZoneOffset.UTC);
  }

  private static JWSHeader.Builder header(JOSEObjectType type, String kid) {
    return new JWSHeader.Builder(JWSAlgorithm.ES256).type(type).keyID(kid);
  }

  private static String signed(ECKey key, JWSHeader header, Payload payload) throws Exception {
    JWSObject jws = new JWSObject(header, payload);
    jws.sign(new ECDSASigner(key.toECPrivateKey()));
    return jws.serialize();
  }

  private static void assertRefused(String jwt, Reason reason) {
    assertRefused(verifier("osmo"), jwt, reason);
  }

  private static void assertRefused(JwtVerifier.Builder verifier, String jwt, Reason reason) {
    assertThatThrownBy(() -> verifier.build().verify(jwt))
        .isInstanceOfSatisfying(
            RefusedJwtException.class, e -> assertThat(e.reason()).as(jwt).isEqualTo(reason));
  }
}
