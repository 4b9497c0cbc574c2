package dev.osmo.cli.session;

import dev.osmo.cli.environment.ContextName;
import dev.osmo.cli.environment.RequestedContext;
import dev.osmo.cli.output.Terminal;
import dev.osmo.cli.server.ServerUrl;
import dev.osmo.pat.PatText;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Creates, lists, selects and deletes saved contexts. Returns no secret. */
@Singleton
public class Contexts {

  private final CredentialFile file;
  private final CredentialLock lock;
  private final RequestedContext requested;
  private final TokenExchange tokenExchange;
  private final TokenStorage storage;
  private final EnvironmentToken environmentToken;
  private final SessionEnd sessions;
  private final Terminal terminal;

  Contexts(
      CredentialFile file,
      CredentialLock lock,
      RequestedContext requested,
      TokenExchange tokenExchange,
      TokenStorage storage,
      EnvironmentToken environmentToken,
      SessionEnd sessions,
      Terminal terminal) {
    this.sessions = sessions;
    this.storage = storage;
    this.environmentToken = environmentToken;
    this.terminal = terminal;
    this.file = file;
    this.lock = lock;
    this.requested = requested;
    this.tokenExchange = tokenExchange;
  }

  /**
   * Exchanges the token and, on success, saves it as the requested context. Without one, it renews
   * the current context of the same user at the same server, else is the context {@code default}.
   * The saved context becomes the current one. Prints a message if a context changes its user, or
   * if the current context changes, and a warning if the environment overrides it.
   *
   * @param place where the token comes from, for users
   * @param helper the credential helper that the user requests
   * @return the user's name, empty if the server does not send it
   */
  public String login(ServerUrl url, PatText pat, String place, Optional<String> helper) {
    Jwt jwt = TokenOrigin.login(place).exchanged(url, () -> tokenExchange.exchange(url, pat));
    return save(url, new SecretText(pat.text()), Grant.Pat::new, jwt, helper);
  }

  /** The same for a person's sign-in. */
  public String login(ServerUrl url, NewSession session, Optional<String> helper) {
    return save(
        url,
        session.refreshToken(),
        stored -> new Grant.SignedIn(stored, session.signIn()),
        session.jwt(),
        helper);
  }

  private String save(
      ServerUrl url,
      SecretText secret,
      Function<StoredSecret, Grant> grant,
      Jwt jwt,
      Optional<String> helper) {
    ContextName name =
        lock.whileHeld(
            () -> {
              SavedContexts all = file.readToReplace();
              ContextName saved = nameFor(url, jwt, all);
              Optional<Context> replaced = all.find(saved);
              replaced.ifPresent(sessions::tryToEnd);
              StoredSecret stored = storage.store(secret, url, saved, replaced, helper);
              file.save(all.with(saved, new Context(url, grant.apply(stored), jwt)).using(saved));
              report(saved, url, jwt, all);
              Context.eraseSecrets(replaced.filter(old -> isElsewhere(old, stored)).stream());
              return saved;
            });
    warnIfOverridden(name);
    return jwt.name().orElse("");
  }

  /** Without a requested name, a login never takes over the context of somebody else. */
  private ContextName nameFor(ServerUrl url, Jwt jwt, SavedContexts all) {
    return requested
        .named()
        .or(() -> all.current().filter(name -> all.named(name).isOf(url, jwt)))
        .orElse(ContextName.DEFAULT);
  }

  private void report(ContextName saved, ServerUrl url, Jwt jwt, SavedContexts before) {
    Optional<Context> other = before.find(saved).filter(old -> !old.isOf(url, jwt));
    other.ifPresent(
        old ->
            terminal.message(
                "Context "
                    + saved
                    + " now belongs to "
                    + user(url, jwt)
                    + " (was "
                    + user(old.url(), old.jwt())
                    + ")"));
    before
        .current()
        .filter(current -> requested.named().isEmpty() && !current.equals(saved))
        .ifPresent(
            current ->
                terminal.message(
                    "The current context is now "
                        + saved
                        + ". To return: osmo context use "
                        + current));
  }

  private static String user(ServerUrl url, Jwt jwt) {
    return jwt.name().orElse("-") + " at " + url;
  }

  private void warnIfOverridden(ContextName name) {
    environmentToken
        .variable()
        .or(() -> requested.variableOtherThan(name))
        .ifPresent(
            variable ->
                terminal.message(
                    "Warning: "
                        + variable
                        + " is set, so commands do not use the context "
                        + name
                        + ". Unset it, or add --context="
                        + name
                        + "."));
  }

  private static boolean isElsewhere(Context old, StoredSecret present) {
    return !old.isInFile() && !old.grant().secret().equals(Optional.of(present));
  }

  public List<ContextSummary> all() {
    SavedContexts all = file.read();
    return all.byName().entrySet().stream()
        .map(entry -> summary(all, entry.getKey(), entry.getValue()))
        .toList();
  }

  /** The named context, or the current one if no name is given. */
  public ContextSummary one(Optional<ContextName> named) {
    SavedContexts all = file.read();
    ContextName name =
        named
            .or(all::current)
            .orElseThrow(
                () -> all.isEmpty() ? NotLoggedIn.atAll() : NotLoggedIn.withoutSelection());
    return summary(all, name, all.named(name));
  }

  /** Makes the context the current one. Prints a warning if the environment overrides it. */
  public void use(ContextName name) {
    change(name, all -> all.using(name));
    warnIfOverridden(name);
  }

  public void delete(ContextName name) {
    Optional<Context> deleted = change(name, all -> all.without(name)).find(name);
    deleted.ifPresent(sessions::tryToEnd);
    Context.eraseSecrets(deleted.stream());
  }

  /** Returns the contexts before the change. */
  private SavedContexts change(ContextName name, UnaryOperator<SavedContexts> change) {
    file.read().named(name);
    return lock.whileHeld(
        () -> {
          SavedContexts all = file.read();
          all.named(name);
          file.save(change.apply(all));
          return all;
        });
  }

  private static ContextSummary summary(SavedContexts all, ContextName name, Context context) {
    return new ContextSummary(
        name,
        context.url(),
        context.jwt().name().orElse("-"),
        all.current().map(name::equals).orElse(false),
        context.grant().secret().flatMap(StoredSecret::helperName),
        context.grant().signIn(),
        context.jwt().expiresAt());
  }
}
