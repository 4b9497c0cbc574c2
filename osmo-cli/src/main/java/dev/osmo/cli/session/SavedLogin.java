package dev.osmo.cli.session;

import dev.osmo.cli.environment.ContextName;
import dev.osmo.cli.session.store.Login;
import dev.osmo.cli.session.store.LoginFile;
import dev.osmo.cli.session.store.LoginLock;
import dev.osmo.cli.session.store.Logins;
import dev.osmo.cli.session.store.NotLoggedIn;
import dev.osmo.cli.session.token.Pat;
import dev.osmo.cli.session.token.TokenExchange;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * A login of the credential file. Its name was settled before, so a {@code context use} in another
 * window cannot change in the middle which identity this command acts as.
 */
record SavedLogin(ContextName name, LoginFile file, LoginLock lock, TokenExchange tokenExchange)
    implements ActiveLogin {

  @Override
  public Login current() {
    return in(file.read());
  }

  /** Under the lock the file is read again: whoever held it before us may have done the work. */
  @Override
  public Login renew(Predicate<Login> stillNeeded) {
    return lock.whileHeld(
        () -> {
          Logins all = file.read();
          Login current = in(all);
          if (!stillNeeded.test(current)) {
            return current;
          }
          Login renewed = current.with(tokenExchange.exchange(current.url(), current.pat()));
          file.save(all.with(name, renewed));
          return renewed;
        });
  }

  @Override
  public <T> T exclusively(Supplier<T> work) {
    return lock.whileHeld(work);
  }

  @Override
  public boolean keep(Pat newer) {
    return lock.whileHeld(
        () -> {
          Logins all = file.read();
          Login used = in(all);
          save(all.with(name, used.with(newer)), others(all, used), newer);
          return true;
        });
  }

  /**
   * Those in the file change in one step with the login in use; what is done is saved before a
   * helper is asked, which may refuse.
   */
  private void save(Logins all, List<ContextName> others, Pat newer) {
    Logins next = all;
    for (ContextName other : others) {
      Login login = next.find(other).orElseThrow();
      if (!login.isInFile()) {
        file.save(next);
      }
      next = next.with(other, login.with(newer));
    }
    file.save(next);
  }

  /** Those in the file first. */
  private List<ContextName> others(Logins all, Login used) {
    return all.without(name).byName().entrySet().stream()
        .filter(each -> each.getValue().isByTheTokenOf(used))
        .sorted(Comparator.comparing(each -> !each.getValue().isInFile()))
        .map(Map.Entry::getKey)
        .toList();
  }

  @Override
  public String source() {
    return "context " + name + " in " + file.path();
  }

  private Login in(Logins all) {
    return all.find(name).orElseThrow(() -> NotLoggedIn.as(name));
  }
}
