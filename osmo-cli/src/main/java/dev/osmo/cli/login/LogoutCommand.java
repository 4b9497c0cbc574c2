package dev.osmo.cli.login;

import dev.osmo.cli.environment.ContextName;
import dev.osmo.cli.output.Document;
import dev.osmo.cli.output.FormatOption;
import dev.osmo.cli.output.Json;
import dev.osmo.cli.output.Lines;
import dev.osmo.cli.output.Output;
import dev.osmo.cli.output.Terminal;
import dev.osmo.cli.session.Logout;
import dev.osmo.cli.session.TokenRevocation;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "logout",
    description = {
      "Delete the context in use, and end its session if you signed in with a browser.",
      "An access token remains valid unless you revoke it."
    })
public class LogoutCommand implements Runnable {
  @Mixin private FormatOption format = new FormatOption();

  @Option(names = "--all", description = "Delete all contexts, not only the one in use.")
  private boolean all;

  @Option(
      names = "--revoke",
      description = "First revoke its access token or session, and keep it if that fails.")
  private boolean revoke;

  private final Logout logout;
  private final TokenRevocation revocation;
  private final Terminal terminal;
  private final Output output;

  LogoutCommand(Logout logout, TokenRevocation revocation, Terminal terminal, Output output) {
    this.logout = logout;
    this.revocation = revocation;
    this.terminal = terminal;
    this.output = output;
  }

  @Override
  public void run() {
    List<ContextName> alreadyUnusable = revoke ? revokeTokens() : List.of();
    if (!revoke) {
      deleteContexts();
    }
    alreadyUnusable.forEach(
        name -> terminal.message("The token of context " + name + " was already unusable."));
    Lines lines = new Lines();
    if (revoke && alreadyUnusable.isEmpty()) {
      lines.line("The token is revoked.");
    }
    output.print(
        format,
        Document.ofChange(Json.object().put("logged_out", true).put("revoked", revoke)),
        () -> lines.line("Successfully logged out."));
  }

  private List<ContextName> revokeTokens() {
    return all ? revocation.revokeAll() : revocation.revoke();
  }

  private void deleteContexts() {
    if (all) {
      logout.all();
    } else {
      logout.one();
    }
  }
}
