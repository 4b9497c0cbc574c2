package dev.osmo.token.signin;

import java.util.Optional;
import java.util.UUID;

/**
 * An ID token that a provider gave to the exchange. Nothing of it is verified.
 *
 * @param clientId the client that the provider gave it to
 * @param nonce what the client sent with its authorization request, if it sent one
 * @param session the session to renew; empty for a new one
 */
record PresentedIdToken(
    String text, String clientId, Optional<String> nonce, Optional<UUID> session) {

  /** Masked: the text is a credential. */
  @Override
  public String toString() {
    return "PresentedIdToken[***]";
  }
}
