package dev.osmo.exchange.jwt.keys;

import static org.assertj.core.api.Assertions.assertThat;

import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class PublishedKeysTest {

  @Test
  void each_key_is_found_by_its_id_as_the_same_instance() throws JoseException {
    EllipticCurveJsonWebKey one = key("one");
    EllipticCurveJsonWebKey two = key("two");

    PublishedKeys published = PublishedKeys.of(document(json(one), json(two)));

    assertThat(published.find("one")).contains(one.getPublicKey());
    assertThat(published.find("two")).contains(two.getPublicKey());
    assertThat(published.find("one").orElseThrow()).isSameAs(published.find("one").orElseThrow());
  }

  @Test
  @Tag("I9")
  void an_unknown_id_finds_no_key() throws JoseException {
    PublishedKeys published = PublishedKeys.of(document(json(key("one"))));

    assertThat(published.find("three")).isEmpty();
    assertThat(published.find(5)).isEmpty();
    assertThat(published.find(null)).isEmpty();
  }

  @Test
  @Tag("I9")
  void an_unreadable_key_is_skipped_and_the_others_are_used() throws JoseException {
    String secret = "{\"kty\":\"oct\",\"kid\":\"shared\",\"k\":\"AAAA\"}";

    PublishedKeys published =
        PublishedKeys.of(document("{}", secret, json(key(null)), json(key("one"))));

    assertThat(published.byId()).containsOnlyKeys("one");
    assertThat(PublishedKeys.of("{").byId()).isEmpty();
  }

  private static EllipticCurveJsonWebKey key(String id) throws JoseException {
    EllipticCurveJsonWebKey key = EcJwkGenerator.generateJwk(EllipticCurves.P256);
    key.setKeyId(id);
    return key;
  }

  private static String json(EllipticCurveJsonWebKey key) {
    return key.toJson(OutputControlLevel.PUBLIC_ONLY);
  }

  private static String document(String... keys) {
    return "{\"keys\":[" + String.join(",", keys) + "]}";
  }
}
