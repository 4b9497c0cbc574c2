package dev.osmo.cli.session;

import dev.osmo.cli.environment.ContextName;
import dev.osmo.cli.environment.Environment;
import dev.osmo.cli.keyring.CredentialHelper;
import dev.osmo.cli.server.ServerUrl;
import jakarta.inject.Singleton;
import java.util.Optional;

/**
 * Stores the secret of a new context: with the credential helper that the user requests, else that
 * of {@code OSMO_CREDENTIAL_HELPER}, else where the replaced context stores its secret, else in the
 * file. The name {@code none} stands for the file.
 */
@Singleton
class TokenStorage {
  private static final String NO_HELPER = "none";

  private final Environment environment;

  TokenStorage(Environment environment) {
    this.environment = environment;
  }

  StoredSecret store(
      SecretText secret,
      ServerUrl url,
      ContextName name,
      Optional<Context> replaced,
      Optional<String> requested) {
    return requested
        .or(() -> environment.variable("OSMO_CREDENTIAL_HELPER"))
        .or(() -> replaced.flatMap(TokenStorage::helperOf))
        .filter(helper -> !helper.equals(NO_HELPER))
        .map(helper -> withHelper(new CredentialHelper(helper), url, name, secret))
        .orElseGet(() -> new StoredSecret.InFile(secret));
  }

  /** The key contains the context name, because a server can have several contexts. */
  private static StoredSecret withHelper(
      CredentialHelper helper, ServerUrl url, ContextName name, SecretText secret) {
    return StoredSecret.WithHelper.storing(helper, url + "/.osmo/" + name, secret);
  }

  private static Optional<String> helperOf(Context context) {
    return context.grant().secret().flatMap(StoredSecret::helperName);
  }
}
