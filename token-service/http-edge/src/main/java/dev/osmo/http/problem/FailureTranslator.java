package dev.osmo.http.problem;

import java.util.Optional;

/**
 * Translates failures that only one service knows, such as those of its database driver.
 * Contributed as a bean.
 */
public interface FailureTranslator {

  /** What the caller is told; empty when this translator does not know the failure. */
  Optional<Refusal> refusal(Throwable failure);

  /**
   * What is logged of the failure in place of its message and stack trace, which may repeat what a
   * row holds or fill the disk; empty when the failure may be logged whole.
   */
  Optional<String> loggable(Throwable failure);
}
