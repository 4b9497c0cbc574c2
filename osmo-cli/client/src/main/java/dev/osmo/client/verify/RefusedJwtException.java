package dev.osmo.client.verify;

/**
 * A JWT that must not be accepted. Answer 401 with {@code WWW-Authenticate: Bearer
 * error="invalid_token"}, and {@link Reason#ROLE_MISSING} with 403. The message is for the log of
 * the server and contains nothing of the JWT.
 */
public final class RefusedJwtException extends Exception {
  private static final long serialVersionUID = 1L;

  /** The first rule that it breaks, in this order. */
  public enum Reason {
    /** It is not a JWT, or larger than any JWT of osmo. */
    MALFORMED,
    /** The type in its header is not {@code at+jwt}, or the algorithm is not ES256. */
    WRONG_TYPE,
    /** No key of the key set has its {@code kid}. */
    UNKNOWN_KEY,
    /** Another key or text was signed. */
    WRONG_SIGNATURE,
    /** A claim is missing or has the wrong type, or the issuer is another one. */
    WRONG_CLAIMS,
    /** It is for another server. */
    WRONG_AUDIENCE,
    /** It has expired, or is not valid yet. */
    EXPIRED,
    /** Introspection: its access token or its owner is no longer valid. */
    REVOKED,
    /** {@link VerifiedJwt#requireRole}: it does not have the role. */
    ROLE_MISSING
  }

  private final Reason reason;

  RefusedJwtException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
