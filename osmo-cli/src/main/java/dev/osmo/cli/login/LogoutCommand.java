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
import dev.osmo.cli.session.TokenRevocation.Revoked;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    Map<ContextName, Revoked> revoked = revoke ? revokeTokens() : Map.of();
    if (!revoke) {
      deleteContexts();
    }
    revoked.forEach(this::warnIfUnusableBefore);
    Lines lines = new Lines();
    sentence(List.copyOf(revoked.values())).ifPresent(lines::line);
    output.print(
        format,
        Document.ofChange(Json.object().put("logged_out", true).put("revoked", revoke)),
        () -> lines.line("Successfully logged out."));
  }

  private void warnIfUnusableBefore(ContextName name, Revoked what) {
    if (what == Revoked.TOKEN_BEFORE) {
      terminal.message("The token of context " + name + " was already unusable.");
    }
  }

  /** Empty unless everything was revoked now. */
  private static Optional<String> sentence(List<Revoked> all) {
    if (all.isEmpty() || all.contains(Revoked.TOKEN_BEFORE)) {
      return Optional.empty();
    }
    boolean several = all.size() > 1;
    if (!all.contains(Revoked.SESSION)) {
      return Optional.of(several ? "The tokens are revoked." : "The token is revoked.");
    }
    if (!all.contains(Revoked.TOKEN)) {
      return Optional.of(several ? "The sessions have ended." : "The session has ended.");
    }
    return Optional.of("All tokens are revoked, and all sessions have ended.");
  }

  private Map<ContextName, Revoked> revokeTokens() {
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
