package dev.osmo.http.start;

import io.quarkus.runtime.configuration.ConfigurationException;

/**
 * The service cannot start with this configuration. The message is for the operator. The runtime
 * prints this kind of exception without a stack trace and exits with 1.
 */
public final class StartRefused extends ConfigurationException {

  private static final long serialVersionUID = 1L;

  public StartRefused(String sentence) {
    super(sentence);
  }
}
