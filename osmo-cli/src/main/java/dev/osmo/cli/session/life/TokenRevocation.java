package dev.osmo.cli.session.life;

import dev.osmo.cli.environment.ContextName;
import dev.osmo.cli.output.Failure;
import dev.osmo.cli.server.RawRequest;
import dev.osmo.cli.server.ServerRequest;
import dev.osmo.cli.session.ActiveLogin;
import dev.osmo.cli.session.LoginChoice;
import dev.osmo.cli.session.Session;
import dev.osmo.cli.session.store.Login;
import dev.osmo.cli.session.store.LoginFile;
import dev.osmo.cli.session.store.LoginLock;
import dev.osmo.cli.session.store.Logins;
import dev.osmo.cli.session.store.NotLoggedIn;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Ends tokens behind saved logins. Promise: a login is forgotten only after the server has said
 * that its token is dead; a server that cannot be reached leaves everything as it was.
 */
@Singleton
public class TokenRevocation {
  private static final RawRequest DELETE_SELF =
      ServerRequest.of("DELETE", "api", "auth", "access_token", "self").raw();

  private final LoginChoice choice;
  private final LoginFile file;
  private final LoginLock lock;
  private final Session session;

  TokenRevocation(LoginChoice choice, LoginFile file, LoginLock lock, Session session) {
    this.choice = choice;
    this.file = file;
    this.lock = lock;
    this.session = session;
  }

  /**
   * The saved login in use, and every other one by the same token.
   *
   * @return its name when the token was dead before
   */
  public List<ContextName> revoke() {
    ContextName name = choice.savedName();
    return revoke(name) ? List.of() : List.of(name);
  }

  /**
   * Every saved login.
   *
   * @return the names of those whose token was dead before
   * @throws Failure of the first that failed, after all were tried
   */
  public List<ContextName> revokeAll() {
    List<ContextName> names = List.copyOf(file.read().byName().keySet());
    if (names.isEmpty()) {
      throw NotLoggedIn.atAll();
    }
    List<ContextName> deadBefore = new ArrayList<>();
    List<Failure> failures = new ArrayList<>();
    for (ContextName name : names) {
      try {
        if (file.read().find(name).isPresent() && !revoke(name)) {
          deadBefore.add(name);
        }
      } catch (Failure failure) {
        failures.add(failure);
      }
    }
    if (!failures.isEmpty()) {
      throw failures.getFirst();
    }
    return deadBefore;
  }

  /** Whether it was alive before: after a lost answer the same command finds it dead. */
  private boolean revoke(ContextName name) {
    ActiveLogin login = choice.saved(name);
    Login doomed = login.current();
    boolean alive = end(login, name);
    lock.whileHeld(() -> forget(doomed));
    return alive;
  }

  private boolean end(ActiveLogin login, ContextName name) {
    try {
      session.answer(login, DELETE_SELF).json();
      return true;
    } catch (Failure failure) {
      if (failure.isOfDeadToken()) {
        return false;
      }
      throw failure.withNextStep(
          "The login "
              + name
              + " is kept, its token may still work. Without --revoke, osmo logout forgets it only"
              + " here.");
    }
  }

  private List<Login> forget(Login dead) {
    Logins left = file.read();
    List<Login> gone = new ArrayList<>();
    for (Map.Entry<ContextName, Login> each : left.byName().entrySet()) {
      if (each.getValue().isByTheTokenOf(dead)) {
        left = left.without(each.getKey());
        gone.add(each.getValue());
      }
    }
    file.save(left);
    Login.forgetTokens(gone.stream());
    return gone;
  }
}
