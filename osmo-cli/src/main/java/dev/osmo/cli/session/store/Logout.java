package dev.osmo.cli.session.store;

import dev.osmo.cli.environment.ContextChoice;
import dev.osmo.cli.environment.ContextName;
import dev.osmo.cli.output.Failure;
import jakarta.inject.Singleton;
import java.util.Optional;

/**
 * Logins forgotten on this machine; their tokens stay valid. A damaged file is forgotten only with
 * everything. The file goes first: a credential helper that fails leaves a secret behind, not a
 * broken login.
 */
@Singleton
public class Logout {
  private final LoginFile file;
  private final LoginLock lock;
  private final ContextChoice choice;

  Logout(LoginFile file, LoginLock lock, ContextChoice choice) {
    this.file = file;
    this.lock = lock;
    this.choice = choice;
  }

  /**
   * The one that was asked for, else the current one, if any.
   *
   * @throws Failure when the one that was asked for does not exist, or nobody can tell
   */
  public void one() {
    choice.named().ifPresent(file.read()::named);
    whenThereIsAFile(
        () -> {
          Logins all = file.read();
          Optional<ContextName> name = choice.named().or(all::current);
          Optional<Login> gone = name.map(all::named);
          file.save(name.map(all::without).orElse(all));
          Login.forgetTokens(gone.stream());
        });
  }

  /** Every one, and what was set aside because it was damaged. */
  public void all() {
    whenThereIsAFile(
        () -> {
          Logins all = file.readToDelete();
          file.deleteAll();
          Login.forgetTokens(all.byName().values().stream());
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
