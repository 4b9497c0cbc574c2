package dev.osmo.cli.session;

import dev.osmo.cli.options.Downscope;
import dev.osmo.cli.output.Terminal;
import jakarta.inject.Singleton;
import java.util.List;

/** The server leaves out requested roles that the token or the user does not have. */
@Singleton
public class MissingRoles {
  private final Terminal terminal;

  MissingRoles(Terminal terminal) {
    this.terminal = terminal;
  }

  /** Returns the credential, after a warning that names the roles that are missing, if any. */
  public Credential warn(Credential credential, Downscope wanted) {
    List<String> missing = credential.missing(wanted);
    if (!missing.isEmpty()) {
      terminal.message(
          "Warning: The JWT does not have these roles, because you do not have them: "
              + String.join(", ", missing));
    }
    return credential;
  }
}
