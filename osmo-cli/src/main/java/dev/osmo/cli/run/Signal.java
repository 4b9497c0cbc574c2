package dev.osmo.cli.run;

import java.io.IOException;

/** The signals that are sent to programs. */
public enum Signal {
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

  /**
   * Sends the signal, and returns when it was sent. The JDK can only send TERM.
   *
   * @return whether the process received it
   * @throws IOException if this machine has no shell
   */
  public boolean sendTo(long pid) throws IOException, InterruptedException {
    return new ProcessBuilder("sh", "-c", "kill -" + this + " " + pid)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor()
        == 0;
  }
}
