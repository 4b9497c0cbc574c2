package dev.osmo.token.settings;

import io.quarkus.runtime.configuration.ConfigurationException;

/**
 * This service must not start the way it was set up. The message is one sentence for the deployer;
 * as Quarkus's own kind of exception it is printed without a stack trace.
 */
public final class StartRefused extends ConfigurationException {

  private static final long serialVersionUID = 1L;

  public StartRefused(String sentence) {
    super(sentence);
  }
}
