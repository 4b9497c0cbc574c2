package dev.osmo.cli.run;

/** The signals that are forwarded to the program. */
enum Signal {
  TERM,
  INT,
  HUP,
  QUIT,
  USR1,
  USR2;

  /** Ctrl-C and Ctrl-\ at a terminal reach every process in the foreground. */
  boolean isSentByTerminals() {
    return this == INT || this == QUIT;
  }
}
