package dev.osmo.bench.cli;

/**
 * One run of a command.
 *
 * @param millis from the start of the process to its exit
 * @param serverMillis how long a warm client waits for the same requests on a connection that it
 *     keeps; the median
 */
public record CommandRun(String command, double millis, double serverMillis) {

  double ownMillis() {
    return millis - serverMillis;
  }
}
