package dev.osmo.cli.session;

import dev.osmo.cli.environment.ContextName;
import dev.osmo.cli.output.Failure;
import dev.osmo.cli.server.OsmoApi;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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

  /** What is no longer usable, and why. */
  public enum Revoked {
    TOKEN,
    SESSION,

    /** The token was unusable before. A session is revoked without an answer that says so. */
    TOKEN_BEFORE
  }

  /** Revokes the token of the saved context in use, and deletes every context with this token. */
  public Map<ContextName, Revoked> revoke() {
    ContextName name = selection.savedName();
    return Map.of(name, revoke(name));
  }

  /**
   * Revokes the tokens of all saved contexts. Contexts with a token of an earlier one are not in
   * the result.
   *
   * @throws Failure the first failure, after all contexts were tried
   */
  public Map<ContextName, Revoked> revokeAll() {
    List<ContextName> names = List.copyOf(file.read().byName().keySet());
    if (names.isEmpty()) {
      throw NotLoggedIn.atAll();
    }
    Map<ContextName, Revoked> revoked = new LinkedHashMap<>();
    List<Failure> failures = new ArrayList<>();
    for (ContextName name : names) {
      try {
        if (file.read().find(name).isPresent()) {
          revoked.put(name, revoke(name));
        }
      } catch (Failure failure) {
        failures.add(failure);
      }
    }
    if (!failures.isEmpty()) {
      throw failures.getFirst();
    }
    return revoked;
  }

  private Revoked revoke(ContextName name) {
    ActiveContext context = selection.saved(name);
    Context current = context.current();
    Revoked revoked =
        current.grant() instanceof Grant.SignedIn
            ? lock.whileHeld(() -> ended(context, name))
            : revoked(context, name);
    lock.whileHeld(() -> erase(current));
    return revoked;
  }

  /** Reads the context again under the lock, because another process may have refreshed it. */
  private Revoked ended(ActiveContext context, ContextName name) {
    Context current = context.current();
    try {
      if (current.grant() instanceof Grant.SignedIn signedIn) {
        sessions.end(current, signedIn);
      }
      return Revoked.SESSION;
    } catch (Failure failure) {
      throw failure.withNextStep(
          "Context "
              + name
              + " is unchanged and its session may continue. To delete the context in any case, omit"
              + " --revoke.");
    }
  }

  /** A token may be unusable already, for example after a lost response. */
  private Revoked revoked(ActiveContext context, ContextName name) {
    try {
      session.response(context, OsmoApi.revokeOwnToken()).json();
      return Revoked.TOKEN;
    } catch (Failure failure) {
      if (failure.isTokenUnusable()) {
        return Revoked.TOKEN_BEFORE;
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
