package dev.osmo.http.problem;

import java.util.Optional;

/**
 * Translates failures that are specific to one service, such as those of its database driver.
 * Contributed as a bean.
 */
public interface FailureTranslator {

  /** The refusal for the caller; empty if this translator does not handle the failure. */
  Optional<Refusal> refusal(Throwable failure);

  /**
   * The log text in place of the message and stack trace, which may repeat the content of a row or
   * fill the disk; empty if the complete failure may be logged.
   */
  Optional<String> loggable(Throwable failure);
}
