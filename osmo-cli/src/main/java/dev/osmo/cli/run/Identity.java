package dev.osmo.cli.run;

import dev.osmo.cli.environment.ContextChoice;
import dev.osmo.cli.session.Credential;
import dev.osmo.cli.session.Session;
import dev.osmo.cli.session.store.Contexts;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;

/**
 * Whom the started program acts as. Promises: it is the same to the end, whatever is chosen in
 * another window meanwhile; an osmo that the program calls is the same, too, or nobody.
 */
@Singleton
class Identity {
  private static final List<String> LONGER_LIVED = List.of("OSMO_TOKEN", "OSMO_TOKEN_FILE");

  private final Session session;
  private final Contexts contexts;
  private final ContextChoice choice;

  Identity(Session session, Contexts contexts, ContextChoice choice) {
    this.session = session;
    this.contexts = contexts;
    this.choice = choice;
  }

  /** Asked twice, for the current login may have changed before its name was settled. */
  Credential settled() {
    Credential credential = session.credential();
    if (isOfTheEnvironment(credential)) {
      return credential;
    }
    choice.onCommandLine(contexts.one(choice.named()).name().text());
    return session.credential();
  }

  /** A token of the environment stays with us; the saved logins are not by that token. */
  void into(Map<String, String> environment, Credential credential) {
    LONGER_LIVED.forEach(environment::remove);
    environment.put("OSMO_URL", credential.server().text());
    environment.put(
        "OSMO_CONTEXT",
        isOfTheEnvironment(credential)
            ? ContextChoice.NOBODY
            : contexts.one(choice.named()).name().text());
  }

  private static boolean isOfTheEnvironment(Credential credential) {
    return LONGER_LIVED.contains(credential.source());
  }
}
