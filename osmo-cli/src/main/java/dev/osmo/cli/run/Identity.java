package dev.osmo.cli.run;

import dev.osmo.cli.environment.RequestedContext;
import dev.osmo.cli.environment.Surroundings;
import dev.osmo.cli.options.Downscope;
import dev.osmo.cli.session.Contexts;
import dev.osmo.cli.session.Credential;
import dev.osmo.cli.session.Session;
import jakarta.inject.Singleton;
import java.util.Map;

/**
 * The context for the child process. It does not change while the child process runs. An osmo
 * process that the child process starts uses the same context, or none.
 */
@Singleton
class Identity {
  private final Session session;
  private final Contexts contexts;
  private final RequestedContext requested;

  Identity(Session session, Contexts contexts, RequestedContext requested) {
    this.session = session;
    this.contexts = contexts;
    this.requested = requested;
  }

  /** Reads the credential again after the context is fixed, because it may have changed. */
  Credential fixed(Downscope downscope) {
    Credential credential = session.credential(downscope);
    if (isOfTheEnvironment(credential)) {
      return credential;
    }
    requested.onCommandLine(contexts.one(requested.named()).name().text());
    return downscope.isRequested() ? credential : session.credential();
  }

  /**
   * Removes a token in the environment. No saved context replaces it, nor a downscoped JWT, which
   * has fewer rights than any context.
   */
  void into(Map<String, String> environment, Credential credential, Downscope downscope) {
    Surroundings.CREDENTIALS.forEach(environment::remove);
    environment.put("OSMO_URL", credential.server().text());
    environment.put(
        "OSMO_CONTEXT",
        downscope.isRequested() || isOfTheEnvironment(credential)
            ? RequestedContext.NONE
            : contexts.one(requested.named()).name().text());
  }

  private static boolean isOfTheEnvironment(Credential credential) {
    return Surroundings.CREDENTIALS.contains(credential.source());
  }
}
