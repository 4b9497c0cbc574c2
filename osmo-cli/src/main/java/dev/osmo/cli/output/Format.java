package dev.osmo.cli.output;

import java.util.Locale;

/** The output format of a command. */
enum Format {
  TEXT,
  JSON;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
