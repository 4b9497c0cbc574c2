package dev.osmo.cli.session.store;

import dev.osmo.cli.environment.ContextChoice;
import dev.osmo.cli.environment.ContextName;
import dev.osmo.cli.server.ServerUrl;
import dev.osmo.cli.session.token.Jwt;
import dev.osmo.cli.session.token.Pat;
import dev.osmo.cli.session.token.TokenExchange;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The saved logins: made, listed, chosen and forgotten. No secret leaves with them. */
@Singleton
public class Contexts {

  /**
   * One saved login, without its secrets.
   *
   * @param helper the program that keeps its token; empty when the credential file does
   * @param jwtUntil when its JWT ends, or has ended
   */
  public record Context(
      ContextName name,
      ServerUrl url,
      String user,
      boolean current,
      Optional<String> helper,
      Instant jwtUntil) {}

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
          Login.forgetTokens(replaced.filter(old -> isElsewhere(old.kept(), kept)).stream());
          return jwt.name().orElse("");
        });
  }

  private static boolean isElsewhere(KeptToken old, KeptToken present) {
    return old instanceof KeptToken.WithHelper && !old.equals(present);
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
    return context(all, name, all.named(name));
  }

  public void use(ContextName name) {
    change(name, all -> all.using(name));
  }

  public void delete(ContextName name) {
    Login.forgetTokens(change(name, all -> all.without(name)).find(name).stream());
  }

  /** The logins as they were before. */
  private Logins change(ContextName name, UnaryOperator<Logins> change) {
    file.read().named(name);
    return lock.whileHeld(
        () -> {
          Logins all = file.read();
          all.named(name);
          file.save(change.apply(all));
          return all;
        });
  }

  private static Context context(Logins all, ContextName name, Login login) {
    return new Context(
        name,
        login.url(),
        login.jwt().name().orElse("-"),
        all.current().map(name::equals).orElse(false),
        login.kept().helperName(),
        login.jwt().expiresAt());
  }
}
