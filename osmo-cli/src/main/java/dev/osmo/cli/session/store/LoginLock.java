package dev.osmo.cli.session.store;

import dev.osmo.cli.keyring.CredentialHelper;
import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import dev.osmo.cli.output.Terminal;
import dev.osmo.cli.screen.Spinner;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One process at a time changes the login. The operating system frees the lock of a process that
 * dies, so nothing stale stays behind; a holder that hangs makes the others give up after {@link
 * #PATIENCE}: time for a credential helper whose user types a passphrase, and for the exchange
 * after it. Only a server that is silent attempt after attempt, or {@code OSMO_TIMEOUT}, can make a
 * holder take longer.
 */
@Singleton
public class LoginLock {
  private static final Duration PATIENCE = CredentialHelper.PATIENCE.plusMinutes(3);
  private static final Duration PAUSE = Duration.ofMillis(20);

  private final LoginFile file;
  private final Terminal terminal;
  private volatile @Nullable Thread holder;

  LoginLock(LoginFile file, Terminal terminal) {
    this.file = file;
    this.terminal = terminal;
  }

  /** Work that holds the lock may call for it again. */
  public <T> T whileHeld(Supplier<T> work) {
    if (Thread.currentThread().equals(holder)) {
      return work.get();
    }
    // Closing the channel frees the lock.
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
          "Use a directory whose file system knows locks: set OSMO_CONFIG_FILE_DIR.");
    }
  }

  private void acquire(FileChannel channel) throws IOException {
    Spinner spinner = terminal.waiting("Waiting for another osmo, which renews the login");
    try (spinner) {
      waitFor(channel);
    }
  }

  private static void waitFor(FileChannel channel) throws IOException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!tryOnce(channel)) {
      if (System.nanoTime() - deadline > 0) {
        throw Failure.of(
            ExitCode.TRY_LATER,
            "Another osmo process has been renewing the login for " + PATIENCE.toSeconds() + " s",
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
