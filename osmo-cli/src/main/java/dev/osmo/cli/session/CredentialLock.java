package dev.osmo.cli.session;

import dev.osmo.cli.keyring.CredentialHelper;
import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import dev.osmo.cli.output.Terminal;
import dev.osmo.cli.tty.Spinner;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets one process at a time change the contexts. The operating system releases the lock of a
 * process that ends. Waiting processes give up after {@link #TIMEOUT}, which leaves time for a
 * passphrase prompt of a credential helper and an exchange. Only a server that repeatedly does not
 * respond, or a larger {@code OSMO_TIMEOUT}, makes a holder take longer.
 */
@Singleton
class CredentialLock {
  private static final Duration TIMEOUT = CredentialHelper.TIMEOUT.plusMinutes(3);
  private static final Duration PAUSE = Duration.ofMillis(20);

  private final CredentialFile file;
  private final Terminal terminal;
  private volatile @Nullable Thread holder;

  CredentialLock(CredentialFile file, Terminal terminal) {
    this.file = file;
    this.terminal = terminal;
  }

  /** Reentrant. */
  <T> T whileHeld(Supplier<T> work) {
    if (Thread.currentThread().equals(holder)) {
      return work.get();
    }
    // Closing the channel releases the lock.
    try (FileChannel channel = file.openLockFile()) {
      acquire(channel);
      holder = Thread.currentThread();
      try {
        return work.get();
      } finally {
        holder = null;
      }
    } catch (IOException unlockable) {
      throw Failure.of(
          ExitCode.USER_ERROR,
          "Cannot lock " + file.path().getParent(),
          "Set OSMO_CONFIG_FILE_DIR to a directory on a file system that supports locks.");
    }
  }

  /**
   * As {@link #whileHeld}, but without the lock if the directory cannot be written. Then no process
   * can change the contexts.
   */
  <T> T whileHeldIfWritable(Supplier<T> work) {
    boolean held = Thread.currentThread().equals(holder);
    return held || file.isLockable() ? whileHeld(work) : work.get();
  }

  private void acquire(FileChannel channel) throws IOException {
    Spinner spinner =
        terminal.waiting("Waiting for another osmo process, which is renewing the JWT");
    try (spinner) {
      waitFor(channel);
    }
  }

  private static void waitFor(FileChannel channel) throws IOException {
    long deadline = System.nanoTime() + TIMEOUT.toNanos();
    while (!tryOnce(channel)) {
      if (System.nanoTime() - deadline > 0) {
        throw Failure.of(
            ExitCode.TRY_LATER,
            "Another osmo process has been changing the contexts for " + TIMEOUT.toSeconds() + " s",
            "Try again, or end that process.");
      }
      pause();
    }
  }

  private static boolean tryOnce(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException heldByAnotherThreadOfThisProcess) {
      return false;
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw Failure.of(ExitCode.INTERRUPTED, "Interrupted", "");
    }
  }
}
