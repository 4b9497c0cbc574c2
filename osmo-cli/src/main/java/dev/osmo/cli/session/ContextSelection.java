package dev.osmo.cli.session;

import dev.osmo.cli.environment.ContextName;
import dev.osmo.cli.environment.RequestedContext;
import dev.osmo.cli.server.ServerUrl;
import jakarta.inject.Singleton;
import java.util.Optional;

/**
 * Selects the context that a command uses: {@code --context}, else the token in the environment,
 * else {@code OSMO_CONTEXT}, else the current saved context. {@code OSMO_URL} without a token never
 * sends a saved token to another server.
 */
@Singleton
class ContextSelection {
  private final RequestedContext requested;
  private final EnvironmentToken environment;
  private final CredentialFile file;
  private final CredentialLock lock;
  private final TokenExchange tokenExchange;

  ContextSelection(
      RequestedContext requested,
      EnvironmentToken environment,
      CredentialFile file,
      CredentialLock lock,
      TokenExchange tokenExchange) {
    this.requested = requested;
    this.environment = environment;
    this.file = file;
    this.lock = lock;
    this.tokenExchange = tokenExchange;
  }

  ActiveContext active() {
    return requested.flag().isEmpty() && environment.isPresent()
        ? environment.context()
        : saved(savedName());
  }

  ActiveContext saved(ContextName name) {
    return new SavedContext(name, file, lock, tokenExchange);
  }

  /** The server of {@link #active}; empty if there is none. */
  Optional<ServerUrl> server() {
    return requested.flag().isEmpty() && environment.url().isPresent()
        ? environment.url()
        : saved(file.read()).map(Context::url);
  }

  private Optional<Context> saved(SavedContexts all) {
    return requested.named().or(all::current).flatMap(all::find);
  }

  /** The saved context to use if the environment has no token. */
  ContextName savedName() {
    SavedContexts all = file.read();
    ContextName name = requested.named().or(all::current).orElseThrow(() -> none(all));
    Context context =
        all.find(name).orElseThrow(() -> all.isEmpty() ? none(all) : NotLoggedIn.as(name));
    if (requested.flag().isEmpty()) {
      environment
          .url()
          .filter(other -> !other.equals(context.url()))
          .ifPresent(
              other -> {
                throw NotLoggedIn.to(other, name);
              });
    }
    return name;
  }

  private RuntimeException none(SavedContexts all) {
    return all.isEmpty()
        ? environment.url().map(NotLoggedIn::withoutToken).orElseGet(NotLoggedIn::atAll)
        : NotLoggedIn.withoutSelection();
  }
}
