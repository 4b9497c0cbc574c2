package dev.osmo.token.caller;

import java.security.PublicKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.Use;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;

/** The exchange's public P-256 keys by {@code kid}. Other published keys are ignored. */
record KeySet(Map<String, PublicKey> byKid) {

  static final KeySet NONE = new KeySet(Map.of());

  KeySet {
    byKid = Map.copyOf(byKid);
  }

  static KeySet parse(String json) throws JoseException {
    List<JsonWebKey> published = new JsonWebKeySet(json).getJsonWebKeys();
    return new KeySet(
        published.stream()
            .filter(KeySet::verifiesOurJwts)
            .collect(
                Collectors.toMap(
                    JsonWebKey::getKeyId,
                    key -> ((EllipticCurveJsonWebKey) key).getECPublicKey(),
                    (first, second) -> first)));
  }

  Optional<PublicKey> find(String kid) {
    return Optional.ofNullable(byKid.get(kid));
  }

  boolean isEmpty() {
    return byKid.isEmpty();
  }

  private static boolean verifiesOurJwts(JsonWebKey key) {
    return key instanceof EllipticCurveJsonWebKey ec
        && EllipticCurves.P_256.equals(ec.getCurveName())
        && ec.getKeyId() != null
        && (ec.getUse() == null || Use.SIGNATURE.equals(ec.getUse()))
        && (ec.getAlgorithm() == null
            || AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256.equals(ec.getAlgorithm()));
  }
}
