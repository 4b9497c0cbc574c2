package dev.osmo.cli.screen;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Whether a program sits behind a standard stream, which may have gone when it had enough. A write
 * to such a stream fails for no other reason.
 */
public final class Pipe {
  private Pipe() {}

  /**
   * Whether this stream of the process is a pipe or a socket; never, where the system does not
   * tell: a lost result is rather spoken about once too often.
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
