package dev.osmo.local.folder;

import dev.osmo.local.CannotStart;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Allows one launcher per data folder. The operating system releases the lock when the process ends
 * for any reason, so a lock is never stale.
 */
public final class FolderLock {
  private FolderLock() {}

  /**
   * Runs the work while holding the lock. Throws {@link CannotStart} if another launcher has it.
   */
  public static void runLocked(DataFolder folder, Runnable work) {
    Path file = folder.root().resolve("lock");
    try (FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      if (!locked(channel)) {
        throw new CannotStart(
            "The data folder %s is in use by another launcher (process %s); stop it or choose another folder with --data."
                .formatted(folder.root(), holder(channel)));
      }
      byte[] self = Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.UTF_8);
      channel.truncate(0).write(ByteBuffer.wrap(self), 0);
      work.run();
    } catch (IOException e) {
      throw new CannotStart("Cannot lock the data folder " + folder.root() + ".", e);
    }
  }

  private static boolean locked(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  private static String holder(FileChannel channel) throws IOException {
    ByteBuffer text = ByteBuffer.allocate(20);
    channel.read(text, 0);
    return StandardCharsets.UTF_8.decode(text.flip()).toString();
  }
}
