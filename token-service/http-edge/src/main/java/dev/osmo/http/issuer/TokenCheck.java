package dev.osmo.http.issuer;

/** The result of verifying a text as the token of an issuer. Its times are not judged yet. */
public sealed interface TokenCheck {

  record Verified(VerifiedToken token) implements TokenCheck {}

  /**
   * Malformed, of an unknown issuer, or not signed by a key of its issuer.
   *
   * @param reason for the log, without any value of the token
   */
  record NotVerified(String reason) implements TokenCheck {}

  /** The keys of its issuer cannot be read. */
  record KeysUnavailable() implements TokenCheck {}

  /** Too many tokens wait for verification. */
  record Busy() implements TokenCheck {}
}
