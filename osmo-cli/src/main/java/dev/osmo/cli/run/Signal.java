package dev.osmo.cli.run;

import java.io.IOException;
import org.graalvm.nativeimage.c.function.CFunction;

/** The signals that are sent to programs. */
public enum Signal {
  TERM(15),
  INT(2),
  HUP(1),
  QUIT(3),
  USR1(10),
  USR2(12);

  /** Of Linux, for which the native binary is built. */
  private final int number;

  Signal(int number) {
    this.number = number;
  }

  /** Ctrl-C and Ctrl-\ at a terminal reach every process in the foreground. */
  boolean isSentByTerminals() {
    return this == INT || this == QUIT;
  }

  /**
   * Sends the signal, and returns when it was sent. The native binary calls the system, because its
   * image has no shell. A JVM can only send TERM by itself.
   *
   * @return whether the process received it
   * @throws IOException if a JVM finds no shell
   */
  public boolean sendTo(long pid) throws IOException, InterruptedException {
    return isNative() ? sendBySystem(pid, number) : sendByShell(pid);
  }

  private static boolean sendBySystem(long pid, int signal) {
    return kill(Math.toIntExact(pid), signal) == 0;
  }

  private boolean sendByShell(long pid) throws IOException, InterruptedException {
    return new ProcessBuilder("sh", "-c", "kill -" + this + " " + pid)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor()
        == 0;
  }

  @CFunction("kill")
  private static native int kill(int pid, int signal);

  private static boolean isNative() {
    return "runtime".equals(System.getProperty("org.graalvm.nativeimage.imagecode"));
  }
}
