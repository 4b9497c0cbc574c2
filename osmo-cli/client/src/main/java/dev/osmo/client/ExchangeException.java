package dev.osmo.client;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * There is no JWT. An {@link IOException}, because callers of a server expect those. The message
 * names the server's reason and never contains a credential.
 */
public final class ExchangeException extends IOException {
  private static final long serialVersionUID = 1L;

  /** What a caller can do about it. */
  public enum Kind {
    /** The credential cannot be exchanged: {@code invalid_grant}. Repeating does not help. */
    REFUSED,
    /** The request is wrong, for example the audience or the roles. Repeating does not help. */
    INVALID,
    /** The server cannot be reached, is overloaded, or limits the rate. Repeat later. */
    UNAVAILABLE
  }

  private final Kind kind;
  private final @Nullable Duration retryAfter;

  ExchangeException(Kind kind, String message, Optional<Duration> retryAfter) {
    super(message);
    this.kind = kind;
    this.retryAfter = retryAfter.orElse(null);
  }

  ExchangeException(String message, Throwable cause) {
    super(message, cause);
    this.kind = Kind.UNAVAILABLE;
    this.retryAfter = null;
  }

  public Kind kind() {
    return kind;
  }

  /** How long the server asks to wait; empty if it does not. */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }

  /** The same, with the stack of another caller. */
  ExchangeException again() {
    ExchangeException copy =
        new ExchangeException(kind, String.valueOf(getMessage()), retryAfter());
    copy.initCause(this);
    return copy;
  }
}
