package dev.osmo.local;

import org.jspecify.annotations.Nullable;

/** The stack cannot start or cannot continue. The message is printed as it is. */
public final class CannotStart extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public CannotStart(String message) {
    super(message);
  }

  public CannotStart(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
