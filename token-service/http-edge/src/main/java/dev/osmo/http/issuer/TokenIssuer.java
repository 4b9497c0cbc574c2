package dev.osmo.http.issuer;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** An issuer of OpenID Connect tokens or security events, and the keys that verify them. */
public sealed interface TokenIssuer permits TrustedIssuer, IdentityProvider, EventTransmitter {

  /** The exact {@code iss} claim. */
  String issuer();

  /** The address or the file of its key set; empty for that of its discovery document. */
  Optional<String> keys();

  /** The signature algorithms that are accepted: public keys only. */
  Set<String> algorithms();

  /** The file of the key set; empty if it has an address. */
  default Optional<Path> keysFile() {
    return keys().filter(EntryCheck::isFile).map(Path::of);
  }
}
