package dev.osmo.cli.session;

import dev.osmo.cli.environment.ContextName;
import dev.osmo.cli.environment.RequestedContext;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Deletes contexts on this machine. Their sessions end; their access tokens remain valid. Only
 * {@link #all} deletes a damaged file. The file is changed first: if a credential helper then
 * fails, a secret remains with it, but no broken context.
 */
@Singleton
public class Logout {
  private final CredentialFile file;
  private final CredentialLock lock;
  private final RequestedContext requested;
  private final SessionEnd sessions;

  Logout(
      CredentialFile file, CredentialLock lock, RequestedContext requested, SessionEnd sessions) {
    this.sessions = sessions;
    this.file = file;
    this.lock = lock;
    this.requested = requested;
  }

  /**
   * Deletes the requested context, else the current one, if any.
   *
   * @throws Failure if the requested context does not exist or the file is damaged
   */
  public void one() {
    requested.named().ifPresent(file.read()::named);
    whenThereIsAFile(
        () -> {
          SavedContexts all = file.read();
          Optional<ContextName> name = requested.named().or(all::current);
          List<Context> deleted = name.map(all::named).stream().toList();
          deleted.forEach(sessions::tryToEnd);
          file.save(name.map(all::without).orElse(all));
          Context.eraseSecrets(deleted.stream());
        });
  }

  /** Deletes all contexts and the copies of damaged files. */
  public void all() {
    whenThereIsAFile(
        () -> {
          Collection<Context> deleted = file.readToDelete().byName().values();
          deleted.forEach(sessions::tryToEnd);
          file.deleteAll();
          Context.eraseSecrets(deleted.stream());
        });
  }

  private void whenThereIsAFile(Runnable work) {
    if (file.exists()) {
      lock.whileHeld(
          () -> {
            work.run();
            return true;
          });
    }
  }
}
