package dev.osmo.cli.session;

import dev.osmo.cli.environment.ContextName;
import dev.osmo.cli.environment.Environment;
import dev.osmo.cli.keyring.CredentialHelper;
import dev.osmo.cli.server.ServerUrl;
import dev.osmo.pat.PatText;
import jakarta.inject.Singleton;
import java.util.Optional;

/**
 * Stores the token of a new context: with the credential helper that the user requests, else that
 * of {@code OSMO_CREDENTIAL_HELPER}, else where the replaced context stores its token, else in the
 * file. The name {@code none} stands for the file.
 */
@Singleton
class TokenStorage {
  private static final String NO_HELPER = "none";

  private final Environment environment;

  TokenStorage(Environment environment) {
    this.environment = environment;
  }

  StoredToken store(
      PatText pat,
      ServerUrl url,
      ContextName name,
      Optional<Context> replaced,
      Optional<String> requested) {
    return requested
        .or(() -> environment.variable("OSMO_CREDENTIAL_HELPER"))
        .or(() -> replaced.flatMap(TokenStorage::helperOf))
        .filter(helper -> !helper.equals(NO_HELPER))
        .map(helper -> withHelper(new CredentialHelper(helper), url, name, pat))
        .orElseGet(() -> new StoredToken.InFile(pat));
  }

  /** The key contains the context name, because a server can have several contexts. */
  private static StoredToken withHelper(
      CredentialHelper helper, ServerUrl url, ContextName name, PatText pat) {
    return StoredToken.WithHelper.storing(helper, url + "/.osmo/" + name, pat);
  }

  private static Optional<String> helperOf(Context context) {
    return switch (context.token()) {
      case StoredToken.WithHelper with -> Optional.of(with.helper().name());
      case StoredToken.InFile file -> Optional.empty();
      case StoredToken.None none -> Optional.empty();
    };
  }
}
