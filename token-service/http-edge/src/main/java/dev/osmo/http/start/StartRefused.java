package dev.osmo.http.start;

import io.quarkus.runtime.configuration.ConfigurationException;

/**
 * The service must not start with this setup. The message is one sentence for the operator. The
 * runtime prints this kind of exception without a stack trace and exits with 1.
 */
public final class StartRefused extends ConfigurationException {

  private static final long serialVersionUID = 1L;

  public StartRefused(String sentence) {
    super(sentence);
  }
}
