package dev.osmo.cli.session;

import dev.osmo.cli.output.Failure;
import dev.osmo.cli.server.RawRequest;
import dev.osmo.cli.server.ServerRequest;
import dev.osmo.cli.server.ServerUrl;
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
    // Asked before: a token that nobody can name any more could not be forgotten either.
    Login dead = login.current();
    Pat pat = dead.pat();
    try {
      session.answer(login, DELETE_SELF).json();
    } catch (Failure failure) {
      throw failure.withNextStep(
          "The login "
              + name
              + " is kept and its token lives. Without --revoke, osmo logout forgets it only here.");
    }
    forget(dead.url(), pat);
  }

  private void forget(ServerUrl url, Pat dead) {
    lock.whileHeld(
        () -> {
          Logins all = file.read();
          Logins left = all;
          List<Login> gone = new ArrayList<>();
          for (Map.Entry<ContextName, Login> each : all.byName().entrySet()) {
            if (isBy(each.getValue(), url, dead)) {
              left = left.without(each.getKey());
              gone.add(each.getValue());
            }
          }
          file.save(left);
          gone.forEach(login -> login.kept().forget());
          return left;
        });
  }

  /** What a credential helper does not tell is another token. */
  private static boolean isBy(Login login, ServerUrl url, Pat pat) {
    try {
      return login.url().equals(url) && login.pat().equals(pat);
    } catch (Failure untold) {
      return false;
    }
  }
}
