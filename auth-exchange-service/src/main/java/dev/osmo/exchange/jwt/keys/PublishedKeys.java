package dev.osmo.exchange.jwt.keys;

import java.security.PublicKey;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/** The public keys of the RFC 7517 document, parsed once. */
record PublishedKeys(Map<String, PublicKey> byId) {

  public PublishedKeys {
    byId = Map.copyOf(byId);
  }

  /** The keys of this document. A key that cannot be parsed is left out. */
  static PublishedKeys of(String jwks) {
    try {
      return new PublishedKeys(
          new JsonWebKeySet(jwks)
              .getJsonWebKeys().stream()
                  .filter(key -> key instanceof PublicJsonWebKey && key.getKeyId() != null)
                  .collect(
                      Collectors.toMap(
                          JsonWebKey::getKeyId,
                          key -> ((PublicJsonWebKey) key).getPublicKey(),
                          (first, second) -> first)));
    } catch (JoseException e) {
      return new PublishedKeys(Map.of());
    }
  }

  /** The key with this {@code kid}, which is untrusted and of any type. */
  Optional<PublicKey> find(@Nullable Object kid) {
    return kid instanceof String id ? Optional.ofNullable(byId.get(id)) : Optional.empty();
  }
}
