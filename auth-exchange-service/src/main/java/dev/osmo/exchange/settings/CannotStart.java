package dev.osmo.exchange.settings;

import io.quarkus.runtime.configuration.ConfigurationException;

/**
 * Ends a start that must not go on, with one sentence for the operator and no stack trace: that is
 * how the runtime reports this kind of exception. The process exits with 1.
 */
public final class CannotStart extends ConfigurationException {

  private static final long serialVersionUID = 1L;

  private CannotStart(String message) {
    super(message);
  }

  /** The exception to throw; its message is the whole of what the operator sees. */
  public static CannotStart because(String sentence) {
    return new CannotStart("auth-exchange-service does not start: " + sentence);
  }
}
