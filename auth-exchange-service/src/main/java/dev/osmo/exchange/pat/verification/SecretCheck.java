package dev.osmo.exchange.pat.verification;

/** The result of verifying a presented token against a stored secret. */
public enum SecretCheck {
  /** The token is the stored secret. */
  MATCH,
  /** The lookup matched and the digest did not, so the database row was tampered with. */
  MISMATCH,
  /** The queue of verifications is full. */
  BUSY
}
