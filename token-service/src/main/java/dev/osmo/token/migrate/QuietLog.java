package dev.osmo.token.migrate;

import org.flywaydb.core.api.logging.Log;
import org.flywaydb.core.api.logging.LogCreator;

/** Discards Flyway's log output: the operator sees one line of this program. */
public final class QuietLog implements LogCreator, Log {

  @Override
  public Log createLogger(Class<?> from) {
    return this;
  }

  @Override
  public void debug(String message) {}

  @Override
  public void info(String message) {}

  @Override
  public void warn(String message) {}

  @Override
  public void error(String message) {}

  @Override
  public void error(String message, Exception failure) {}

  @Override
  public void notice(String message) {}
}
