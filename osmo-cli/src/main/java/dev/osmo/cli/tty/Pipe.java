package dev.osmo.cli.tty;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether a standard stream leads to another program, which may end before it has read all. */
public final class Pipe {
  private Pipe() {}

  /**
   * Whether this stream of the process is a pipe or a socket. False if unknown, so that lost output
   * is reported.
   *
   * @param stream 0, 1 or 2
   */
  public static boolean is(int stream) {
    try {
      Path target = Files.readSymbolicLink(Path.of("/proc/self/fd", Integer.toString(stream)));
      return target.toString().matches("(pipe|socket):.*");
    } catch (IOException | UnsupportedOperationException notLinux) {
      return false;
    }
  }
}
