package dev.osmo.local.problem;

import org.jspecify.annotations.Nullable;

/** The stack cannot start, or cannot go on; the message is the one sentence that is printed. */
public final class CannotStart extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public CannotStart(String sentence) {
    super(sentence);
  }

  public CannotStart(String sentence, @Nullable Throwable cause) {
    super(sentence, cause);
  }
}
