package dev.osmo.cli.session;

import dev.osmo.cli.environment.ContextChoice;
import dev.osmo.cli.environment.ContextName;
import dev.osmo.cli.server.ServerUrl;
import dev.osmo.cli.session.store.Login;
import dev.osmo.cli.session.store.LoginFile;
import dev.osmo.cli.session.store.LoginLock;
import dev.osmo.cli.session.store.Logins;
import dev.osmo.cli.session.store.NotLoggedIn;
import dev.osmo.cli.session.token.TokenExchange;
import jakarta.inject.Singleton;
import java.util.Optional;

/**
 * Which login a command works with: {@code --context}, else the token in the environment, else
 * {@code OSMO_CONTEXT}, else the current one of the file. {@code OSMO_URL} without a token never
 * sends a saved token to a server that it was not saved for.
 */
@Singleton
public class LoginChoice {
  private final ContextChoice choice;
  private final EnvironmentLogin environment;
  private final LoginFile file;
  private final LoginLock lock;
  private final TokenExchange tokenExchange;

  LoginChoice(
      ContextChoice choice,
      EnvironmentLogin environment,
      LoginFile file,
      LoginLock lock,
      TokenExchange tokenExchange) {
    this.choice = choice;
    this.environment = environment;
    this.file = file;
    this.lock = lock;
    this.tokenExchange = tokenExchange;
  }

  public ActiveLogin active() {
    return choice.flag().isEmpty() && environment.isPresent()
        ? environment.login()
        : saved(savedName());
  }

  public ActiveLogin saved(ContextName name) {
    return new SavedLogin(name, file, lock, tokenExchange);
  }

  /** The server that {@link #active} would speak to, without an error when there is none. */
  Optional<ServerUrl> server() {
    return choice.flag().isEmpty() && environment.url().isPresent()
        ? environment.url()
        : saved(file.read()).map(Login::url);
  }

  private Optional<Login> saved(Logins all) {
    return choice.named().or(all::current).flatMap(all::find);
  }

  /** The saved login that would be used if the environment held none. */
  public ContextName savedName() {
    Logins all = file.read();
    ContextName name = choice.named().or(all::current).orElseThrow(() -> none(all));
    Login login =
        all.find(name).orElseThrow(() -> all.isEmpty() ? none(all) : NotLoggedIn.as(name));
    if (choice.flag().isEmpty()) {
      environment
          .url()
          .filter(wanted -> !wanted.equals(login.url()))
          .ifPresent(
              wanted -> {
                throw NotLoggedIn.to(wanted, name);
              });
    }
    return name;
  }

  private static RuntimeException none(Logins all) {
    return all.isEmpty() ? NotLoggedIn.atAll() : NotLoggedIn.withoutChoice();
  }
}
