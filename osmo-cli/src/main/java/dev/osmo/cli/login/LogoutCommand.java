package dev.osmo.cli.login;

import dev.osmo.cli.environment.ContextName;
import dev.osmo.cli.output.FormatOption;
import dev.osmo.cli.output.Json;
import dev.osmo.cli.output.Terminal;
import dev.osmo.cli.session.life.TokenRevocation;
import dev.osmo.cli.session.store.Logout;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "logout",
    description = "Forget the login on this machine. The token stays valid unless you revoke it.")
public class LogoutCommand implements Runnable {
  @Mixin private FormatOption format = new FormatOption();

  @Option(names = "--all", description = "Forget every login, not only the one in use.")
  private boolean all;

  @Option(names = "--revoke", description = "First end the token behind it, for good.")
  private boolean revoke;

  private final Logout logout;
  private final TokenRevocation revocation;
  private final Terminal terminal;

  LogoutCommand(Logout logout, TokenRevocation revocation, Terminal terminal) {
    this.logout = logout;
    this.revocation = revocation;
    this.terminal = terminal;
  }

  @Override
  public void run() {
    if (revoke) {
      endTokens();
    } else {
      forget();
    }
    if (format.isJson()) {
      terminal.block(
          Json.indented(
              format.chosen(Json.object().put("logged_out", true).put("revoked", revoke)), 2));
    } else {
      terminal.line("Successfully logged out.");
    }
  }

  private void endTokens() {
    List<ContextName> deadBefore = all ? revocation.revokeAll() : revocation.revoke();
    deadBefore.forEach(
        name -> terminal.talk("The token of the login " + name + " was dead already."));
    if (deadBefore.isEmpty() && !format.isJson()) {
      terminal.line("The token is revoked.");
    }
  }

  private void forget() {
    if (all) {
      logout.all();
    } else {
      logout.one();
    }
  }
}
