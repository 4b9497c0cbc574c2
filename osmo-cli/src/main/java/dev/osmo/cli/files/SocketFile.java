package dev.osmo.cli.files;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;

/** The file of a Unix socket. */
public final class SocketFile {
  private SocketFile() {}

  /**
   * Deletes the socket of a process that was killed. A socket that a process listens on, and any
   * other file, stays, so that listening fails.
   */
  public static void deleteAbandoned(Path path) throws IOException {
    if (isSocket(path) && !isListenedOn(path)) {
      delete(path);
    }
  }

  private static boolean isSocket(Path path) throws IOException {
    try {
      return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
          .isOther();
    } catch (NoSuchFileException absent) {
      return false;
    }
  }

  private static boolean isListenedOn(Path path) throws IOException {
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      return channel.connect(UnixDomainSocketAddress.of(path));
    } catch (IOException refused) {
      return false;
    }
  }

  /** The user and the group may connect, as in a pod whose containers share a group. */
  public static void allowGroup(Path path) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-rw----"));
  }

  public static void delete(Path path) throws IOException {
    Files.deleteIfExists(path);
  }
}
