package dev.osmo.cli.run;

/** The signals that end a Java program. */
public enum Signal {
  TERM,
  INT,
  HUP;

  /**
   * The signal that this shutdown began with. The JDK has no supported way to ask; but it handles a
   * signal on a thread of its own, whose name is the signal's. Unknown counts as TERM, which every
   * program understands.
   */
  public static Signal thatBeganTheShutdown() {
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      for (Signal signal : values()) {
        if (thread.getName().equals("SIG" + signal + " handler")) {
          return signal;
        }
      }
    }
    return TERM;
  }
}
