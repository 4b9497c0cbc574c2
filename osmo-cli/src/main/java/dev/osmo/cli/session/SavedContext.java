package dev.osmo.cli.session;

import dev.osmo.cli.environment.ContextName;
import dev.osmo.cli.options.Downscope;
import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import dev.osmo.cli.server.ServerUrl;
import dev.osmo.pat.PatText;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * A context of the credential file. Its name is fixed, so that {@code osmo context use} in another
 * process cannot change the identity of a running command.
 */
record SavedContext(
    ContextName name, CredentialFile file, CredentialLock lock, TokenExchange tokenExchange)
    implements ActiveContext {

  @Override
  public Context current() {
    return in(file.read());
  }

  /** Reads the file again under the lock, because another process may have renewed the JWT. */
  @Override
  public Context renew(Predicate<Context> stillNeeded) {
    return locked(
        current().grant(),
        () -> {
          SavedContexts all = file.read();
          Context current = in(all);
          requireNotEnded(current);
          return stillNeeded.test(current) ? renewed(all, current) : current;
        });
  }

  /** A refresh token that cannot be replaced in the file must not be used. */
  private <T> T locked(Grant grant, Supplier<T> work) {
    return grant instanceof Grant.SignedIn ? lock.whileHeld(work) : lock.whileHeldIfWritable(work);
  }

  /**
   * Many processes may wait for the one that asks the server, and all get its answer. Otherwise
   * each would ask an identity provider that has refused already.
   */
  private static void requireNotEnded(Context context) {
    if (context.grant() instanceof Grant.SignedIn session && session.ended().isPresent()) {
      throw NotLoggedIn.stillEnded(context.url(), session.ended().get());
    }
  }

  private Context renewed(SavedContexts all, Context current) {
    return switch (current.grant()) {
      case Grant.Pat pat -> {
        Jwt jwt = exchanged(current, () -> exchange(current.url(), pat));
        Context renewed = current.with(jwt);
        file.saveJwt(all, name, renewed);
        yield renewed;
      }
      case Grant.SignedIn session -> {
        NewSession refreshed = refreshed(all, current, session, new Downscope());
        Context renewed =
            current.with(session.replacedBy(refreshed.refreshToken())).with(refreshed.jwt());
        file.save(all.with(name, renewed));
        yield renewed;
      }
      case Grant.Workload unused -> throw unsaved();
    };
  }

  private Jwt exchange(ServerUrl url, Grant.Pat pat) {
    return TokenOrigin.saved().exchanged(url, () -> tokenExchange.exchange(url, pat.read()));
  }

  /** After a refusal, the saved JWT is not used again: it would hide the refusal. */
  private <T> T exchanged(Context used, Supplier<T> exchange) {
    try {
      return exchange.get();
    } catch (Failure failure) {
      if (failure.exitCode() == ExitCode.NOT_AUTHENTICATED) {
        locked(used.grant(), () -> saveRefusal(used, failure));
      }
      throw failure;
    }
  }

  /** The context may have been deleted or logged in again since. */
  private SavedContexts saveRefusal(Context used, Failure failure) {
    SavedContexts all = file.read();
    all.find(name)
        .filter(current -> current.hasGrantOf(used))
        .ifPresent(current -> file.saveJwt(all, name, refused(current, failure)));
    return all;
  }

  private static Context refused(Context current, Failure failure) {
    Context refused = current.with(current.jwt().expired());
    return current.grant() instanceof Grant.SignedIn session && failure.isTokenUnusable()
        ? refused.with(session.endedBy(failure))
        : refused;
  }

  /** Saves the file first: if that is not possible, the refresh token remains unused and valid. */
  private NewSession refreshed(
      SavedContexts all, Context current, Grant.SignedIn session, Downscope wanted) {
    file.save(all);
    return exchanged(current, () -> tokenExchange.refresh(current.url(), session, wanted));
  }

  @Override
  public Context downscoped(Downscope wanted) {
    Context saved = current();
    return switch (saved.grant()) {
      case Grant.Pat pat ->
          saved.with(
              exchanged(saved, () -> tokenExchange.exchange(saved.url(), pat.read(), wanted)));
      case Grant.SignedIn unused -> lock.whileHeld(() -> downscopedSession(wanted));
      case Grant.Workload unused -> throw unsaved();
    };
  }

  /** The context keeps its JWT, but not its refresh token, which the server replaced. */
  private Context downscopedSession(Downscope wanted) {
    SavedContexts all = file.read();
    Context saved = in(all);
    requireNotEnded(saved);
    if (!(saved.grant() instanceof Grant.SignedIn session)) {
      return downscoped(wanted);
    }
    NewSession refreshed = refreshed(all, saved, session, wanted);
    Context kept = saved.with(session.replacedBy(refreshed.refreshToken()));
    file.save(all.with(name, kept));
    return kept.with(refreshed.jwt());
  }

  private static IllegalStateException unsaved() {
    return new IllegalStateException("a workload is not saved");
  }

  @Override
  public <T> T exclusively(Supplier<T> work) {
    return lock.whileHeld(work);
  }

  @Override
  public boolean replaceSecret(PatText newer) {
    return lock.whileHeld(
        () -> {
          SavedContexts all = file.read();
          Context used = in(all);
          save(all.with(name, used.with(newer)), others(all, used), newer);
          return true;
        });
  }

  /**
   * Tokens in the file change in one step with the context in use. The file is saved before each
   * call of a credential helper, which may fail.
   */
  private void save(SavedContexts all, List<ContextName> others, PatText newer) {
    SavedContexts next = all;
    for (ContextName other : others) {
      Context context = next.find(other).orElseThrow();
      if (!context.isInFile()) {
        file.save(next);
      }
      next = next.with(other, context.with(newer));
    }
    file.save(next);
  }

  /** Contexts whose token is in the file come first. */
  private List<ContextName> others(SavedContexts all, Context used) {
    return all.without(name).byName().entrySet().stream()
        .filter(each -> each.getValue().hasGrantOf(used))
        .sorted(Comparator.comparing(each -> !each.getValue().isInFile()))
        .map(Map.Entry::getKey)
        .toList();
  }

  @Override
  public String source() {
    return "context " + name + " in " + file.path();
  }

  private Context in(SavedContexts all) {
    return all.find(name).orElseThrow(() -> NotLoggedIn.as(name));
  }
}
