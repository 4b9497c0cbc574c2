package dev.osmo.cli.session;

import dev.osmo.cli.environment.ContextName;
import dev.osmo.cli.options.Downscope;
import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
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
    return lock.whileHeldIfWritable(
        () -> {
          SavedContexts all = file.read();
          Context current = in(all);
          if (!stillNeeded.test(current)) {
            return current;
          }
          Context renewed = current.with(exchanged(all, current));
          file.saveJwt(all, name, renewed);
          return renewed;
        });
  }

  /** After a refusal, the saved JWT is not used again: it would hide the refusal. */
  private Jwt exchanged(SavedContexts all, Context current) {
    try {
      return tokenExchange.exchange(current.url(), current.pat());
    } catch (Failure failure) {
      if (failure.exitCode() == ExitCode.NOT_AUTHENTICATED) {
        file.saveJwt(all, name, current.with(current.jwt().expired()));
      }
      throw failure;
    }
  }

  @Override
  public Context downscoped(Downscope wanted) {
    Context saved = current();
    return saved.with(tokenExchange.exchange(saved.url(), saved.pat(), wanted));
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
        .filter(each -> each.getValue().hasTokenOf(used))
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
