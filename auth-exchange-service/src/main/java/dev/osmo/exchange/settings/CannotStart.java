package dev.osmo.exchange.settings;

import io.quarkus.runtime.PreventFurtherStepsException;

/** Ends a start that must not go on, with one sentence for the operator and no stack trace. */
public final class CannotStart {

  private static final int EXIT_CODE = 1;

  private CannotStart() {}

  /** The exception to throw; its message is the whole of what the operator sees. */
  public static PreventFurtherStepsException because(String sentence) {
    return new PreventFurtherStepsException(
        "auth-exchange-service does not start: " + sentence, EXIT_CODE);
  }
}
