package dev.osmo.cli.session;

import dev.osmo.cli.environment.ContextName;
import dev.osmo.cli.output.Failure;
import dev.osmo.cli.server.OsmoApi;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Revokes the tokens and ends the sessions of saved contexts. Guarantees: a context is deleted only
 * after the server has confirmed that its token or session is unusable; if the server is
 * unreachable, nothing changes.
 */
@Singleton
public class TokenRevocation {
  private final ContextSelection selection;
  private final CredentialFile file;
  private final CredentialLock lock;
  private final Session session;
  private final SessionEnd sessions;

  TokenRevocation(
      ContextSelection selection,
      CredentialFile file,
      CredentialLock lock,
      Session session,
      SessionEnd sessions) {
    this.sessions = sessions;
    this.selection = selection;
    this.file = file;
    this.lock = lock;
    this.session = session;
  }

  /**
   * Revokes the token of the saved context in use, and deletes every context with this token.
   *
   * @return the name of the context if its token was already unusable
   */
  public List<ContextName> revoke() {
    ContextName name = selection.savedName();
    return revoke(name) ? List.of() : List.of(name);
  }

  /**
   * Revokes the tokens of all saved contexts.
   *
   * @return the names of the contexts whose token was already unusable
   * @throws Failure the first failure, after all contexts were tried
   */
  public List<ContextName> revokeAll() {
    List<ContextName> names = List.copyOf(file.read().byName().keySet());
    if (names.isEmpty()) {
      throw NotLoggedIn.atAll();
    }
    List<ContextName> alreadyUnusable = new ArrayList<>();
    List<Failure> failures = new ArrayList<>();
    for (ContextName name : names) {
      try {
        if (file.read().find(name).isPresent() && !revoke(name)) {
          alreadyUnusable.add(name);
        }
      } catch (Failure failure) {
        failures.add(failure);
      }
    }
    if (!failures.isEmpty()) {
      throw failures.getFirst();
    }
    return alreadyUnusable;
  }

  /** Returns false if the token was already unusable, for example after a lost response. */
  private boolean revoke(ContextName name) {
    ActiveContext context = selection.saved(name);
    Context revoked = context.current();
    boolean wasUsable =
        revoked.grant() instanceof Grant.SignedIn
            ? lock.whileHeld(() -> ended(context, name))
            : delete(context, name);
    lock.whileHeld(() -> erase(revoked));
    return wasUsable;
  }

  /** Reads the context again under the lock, because another process may have refreshed it. */
  private boolean ended(ActiveContext context, ContextName name) {
    Context current = context.current();
    try {
      if (current.grant() instanceof Grant.SignedIn signedIn) {
        sessions.end(current, signedIn);
      }
      return true;
    } catch (Failure failure) {
      throw failure.withNextStep(
          "Context "
              + name
              + " is unchanged and its session may continue. To delete the context in any case, omit"
              + " --revoke.");
    }
  }

  private boolean delete(ActiveContext context, ContextName name) {
    try {
      session.response(context, OsmoApi.deleteOwnToken().raw()).json();
      return true;
    } catch (Failure failure) {
      if (failure.isTokenUnusable()) {
        return false;
      }
      throw failure.withNextStep(
          "Context "
              + name
              + " is unchanged and its token may still be valid. To delete only the context, omit"
              + " --revoke.");
    }
  }

  private List<Context> erase(Context revoked) {
    SavedContexts left = file.read();
    List<Context> deleted = new ArrayList<>();
    for (Map.Entry<ContextName, Context> each : left.byName().entrySet()) {
      if (each.getValue().hasGrantOf(revoked)) {
        left = left.without(each.getKey());
        deleted.add(each.getValue());
      }
    }
    file.save(left);
    Context.eraseSecrets(deleted.stream());
    return deleted;
  }
}
