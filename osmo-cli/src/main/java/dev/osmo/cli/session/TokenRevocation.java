package dev.osmo.cli.session;

import dev.osmo.cli.output.Failure;
import dev.osmo.cli.server.RawRequest;
import dev.osmo.cli.server.ServerRequest;
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

  /** The saved login in use, and every other one by the same token. */
  public void revoke() {
    revoke(choice.savedName());
  }

  /**
   * Every saved login.
   *
   * @throws Failure of the first that failed, after all were tried
   */
  public void revokeAll() {
    List<Failure> failures = new ArrayList<>();
    for (ContextName name : file.read().byName().keySet()) {
      try {
        if (file.read().find(name).isPresent()) {
          revoke(name);
        }
      } catch (Failure failure) {
        failures.add(failure);
      }
    }
    if (!failures.isEmpty()) {
      throw failures.getFirst();
    }
  }

  private void revoke(ContextName name) {
    ActiveLogin login = choice.saved(name);
    try {
      session.answer(login, DELETE_SELF).json();
    } catch (Failure failure) {
      throw failure.withNextStep(
          "The login "
              + name
              + " is kept and its token lives. Without --revoke, osmo logout forgets it only here.");
    }
    forget(login.current());
  }

  private void forget(Login dead) {
    lock.whileHeld(
        () -> {
          Logins left = file.read();
          for (Map.Entry<ContextName, Login> each : file.read().byName().entrySet()) {
            boolean same =
                each.getValue().pat().equals(dead.pat())
                    && each.getValue().url().equals(dead.url());
            left = same ? left.without(each.getKey()) : left;
          }
          file.save(left);
          return left;
        });
  }
}
