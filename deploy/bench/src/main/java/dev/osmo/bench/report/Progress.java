package dev.osmo.bench.report;

/** Says what the program is doing, on standard error. */
public final class Progress {

  private Progress() {}

  public static void say(String text) {
    System.err.println("bench: " + text);
  }
}
