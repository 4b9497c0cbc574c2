package dev.osmo.cli.run;

/** The signals that shut down a Java program. */
public enum Signal {
  TERM,
  INT,
  HUP;

  /**
   * The signal that started this shutdown. The JDK has no API for it, but handles each signal on a
   * thread named after it. The default is TERM.
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
