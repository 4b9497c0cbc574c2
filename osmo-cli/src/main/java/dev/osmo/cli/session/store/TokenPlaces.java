package dev.osmo.cli.session.store;

import dev.osmo.cli.environment.ContextName;
import dev.osmo.cli.environment.Environment;
import dev.osmo.cli.keyring.CredentialHelper;
import dev.osmo.cli.server.ServerUrl;
import dev.osmo.cli.session.token.Pat;
import jakarta.inject.Singleton;
import java.util.Optional;

/**
 * Where a new login's token goes: to the helper that the command line names, else to that of {@code
 * OSMO_CREDENTIAL_HELPER}, else where the login that it replaces had its own, else into the file.
 * The name {@code none} is the file.
 */
@Singleton
class TokenPlaces {
  private static final String NO_HELPER = "none";

  private final Environment environment;

  TokenPlaces(Environment environment) {
    this.environment = environment;
  }

  KeptToken keep(
      Pat pat, ServerUrl url, ContextName name, Optional<Login> replaced, Optional<String> asked) {
    return asked
        .or(() -> environment.variable("OSMO_CREDENTIAL_HELPER"))
        .or(() -> replaced.flatMap(TokenPlaces::helperOf))
        .filter(helper -> !helper.equals(NO_HELPER))
        .map(helper -> withHelper(new CredentialHelper(helper), url, name, pat))
        .orElseGet(() -> new KeptToken.InFile(pat));
  }

  /** Two identities on one server are two entries. */
  private static KeptToken withHelper(
      CredentialHelper helper, ServerUrl url, ContextName name, Pat pat) {
    return KeptToken.WithHelper.storing(helper, url + "/.osmo/" + name, pat);
  }

  private static Optional<String> helperOf(Login login) {
    return switch (login.kept()) {
      case KeptToken.WithHelper with -> Optional.of(with.helper().name());
      case KeptToken.InFile file -> Optional.empty();
    };
  }
}
