package dev.osmo.cli.session.store;

import dev.osmo.cli.environment.ContextChoice;
import dev.osmo.cli.environment.ContextName;
import jakarta.inject.Singleton;
import java.util.Optional;

/**
 * Logins forgotten on this machine; their tokens stay valid. A damaged file is forgotten, too. The
 * file goes first: a credential helper that fails leaves a secret behind, not a broken login.
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

  /** The one that was asked for, else the current one. */
  public void one() {
    whenThereIsAFile(
        () -> {
          Logins all = file.readToForget();
          Optional<ContextName> name = choice.named().or(all::current);
          file.save(name.map(all::without).orElse(all));
          Login.forgetTokens(name.flatMap(all::find).stream());
        });
  }

  /** Every one, and what was set aside because it was damaged. */
  public void all() {
    whenThereIsAFile(
        () -> {
          Logins all = file.readToForget();
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
