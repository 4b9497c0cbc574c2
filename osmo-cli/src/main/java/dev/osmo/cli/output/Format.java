package dev.osmo.cli.output;

import java.util.Locale;

/** How a command prints its result. */
public enum Format {
  TEXT,
  JSON;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
