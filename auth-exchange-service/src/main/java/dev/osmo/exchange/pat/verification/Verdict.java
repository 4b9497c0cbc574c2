package dev.osmo.exchange.pat.verification;

/** What Argon2 says about a presented token. */
public enum Verdict {
  /** The token is the stored secret. */
  GENUINE,
  /** The lookup matched and the digest did not: somebody wrote into the database. */
  FORGED,
  /** Nobody had the time to look. */
  BUSY
}
