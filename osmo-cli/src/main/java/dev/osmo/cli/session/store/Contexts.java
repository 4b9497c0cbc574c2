package dev.osmo.cli.session.store;

import dev.osmo.cli.environment.ContextChoice;
import dev.osmo.cli.environment.ContextName;
import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.server.ServerUrl;
import dev.osmo.cli.session.token.Jwt;
import dev.osmo.cli.session.token.Pat;
import dev.osmo.cli.session.token.TokenExchange;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The saved logins: made, listed, chosen and forgotten. No secret leaves with them. */
@Singleton
public class Contexts {

  /** One saved login, without its secrets. */
  public record Context(ContextName name, ServerUrl url, String user, boolean current) {}

  private final LoginFile file;
  private final LoginLock lock;
  private final ContextChoice choice;
  private final TokenExchange tokenExchange;
  private final TokenPlaces places;

  Contexts(
      LoginFile file,
      LoginLock lock,
      ContextChoice choice,
      TokenExchange tokenExchange,
      TokenPlaces places) {
    this.places = places;
    this.file = file;
    this.lock = lock;
    this.choice = choice;
    this.tokenExchange = tokenExchange;
  }

  /**
   * Exchanges the token once and, when that works, remembers both under the name that was asked
   * for, else in place of the current login. What was logged in to last is current.
   *
   * @param helper the credential helper that the command line names
   * @return the name to greet, empty when the server tells none
   */
  public String login(ServerUrl url, Pat pat, Optional<String> helper) {
    Jwt jwt = tokenExchange.exchange(url, pat);
    return lock.whileHeld(
        () -> {
          Logins all = file.readToReplace();
          ContextName name = choice.named().or(all::current).orElse(ContextName.DEFAULT);
          Optional<Login> replaced = all.find(name);
          KeptToken kept = places.keep(pat, url, name, replaced, helper);
          file.save(all.with(name, new Login(url, kept, jwt)).using(name));
          forget(replaced.map(Login::kept).filter(old -> isElsewhere(old, kept)).stream());
          return jwt.name().orElse("");
        });
  }

  /** Forgets one login on this machine; the token itself stays valid. */
  public void logout() {
    if (!file.exists()) {
      return;
    }
    lock.whileHeld(
        () -> {
          Logins all = file.readToReplace();
          Optional<ContextName> name = choice.named().or(all::current);
          name.map(all::without).ifPresentOrElse(file::save, () -> deleteIfNothingIn(all));
          forget(name.flatMap(all::find).map(Login::kept).stream());
          return all;
        });
  }

  /** Forgets every login on this machine. */
  public void logoutAll() {
    if (file.exists()) {
      lock.whileHeld(
          () -> {
            Logins all = file.readToReplace();
            file.delete();
            forget(all.byName().values().stream().map(Login::kept));
            return all;
          });
    }
  }

  /** After the file is written: a helper that fails leaves a secret behind, not a broken login. */
  private static void forget(Stream<KeptToken> gone) {
    gone.forEach(KeptToken::forget);
  }

  private static boolean isElsewhere(KeptToken old, KeptToken present) {
    return old instanceof KeptToken.WithHelper && !old.equals(present);
  }

  /** A damaged file is forgotten, too. */
  private void deleteIfNothingIn(Logins all) {
    if (all.isEmpty()) {
      file.delete();
    }
  }

  public List<Context> all() {
    Logins all = file.read();
    return all.byName().entrySet().stream()
        .map(entry -> context(all, entry.getKey(), entry.getValue()))
        .toList();
  }

  /** The named one, or the current one when no name is given. */
  public Context one(Optional<ContextName> wanted) {
    Logins all = file.read();
    ContextName name =
        wanted
            .or(all::current)
            .orElseThrow(() -> all.isEmpty() ? NotLoggedIn.atAll() : NotLoggedIn.withoutChoice());
    return context(all, name, found(all, name));
  }

  public void use(ContextName name) {
    change(name, all -> all.using(name));
  }

  public void delete(ContextName name) {
    change(name, all -> all.without(name)).find(name).map(Login::kept).ifPresent(KeptToken::forget);
  }

  /** The logins as they were before. */
  private Logins change(ContextName name, UnaryOperator<Logins> change) {
    found(file.read(), name);
    return lock.whileHeld(
        () -> {
          Logins all = file.read();
          found(all, name);
          file.save(change.apply(all));
          return all;
        });
  }

  private static Login found(Logins all, ContextName name) {
    return all.find(name).orElseThrow(() -> NotLoggedIn.as(name).withExitCode(ExitCode.NOT_FOUND));
  }

  private static Context context(Logins all, ContextName name, Login login) {
    return new Context(
        name,
        login.url(),
        login.jwt().name().orElse("-"),
        all.current().map(name::equals).orElse(false));
  }
}
