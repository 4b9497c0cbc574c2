package dev.osmo.cli.token;

import com.fasterxml.jackson.databind.JsonNode;
import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import dev.osmo.cli.output.FormatOption;
import dev.osmo.cli.output.Json;
import dev.osmo.cli.output.Terminal;
import dev.osmo.cli.server.ServerRequest;
import dev.osmo.cli.session.Session;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "set", description = "Create a token. Its text is shown once and never again.")
class TokenSetCommand implements Runnable {
  @Mixin private FormatOption format = new FormatOption();

  @Parameters(paramLabel = "NAME", description = "Name of the new token.")
  private String name = "";

  @Option(
      names = {"-e", "--expires-at"},
      paramLabel = "YYYY-MM-DD",
      converter = ExpiryDate.class,
      description =
          "Date, in UTC, from which the token no longer works (default: 31 days from now).")
  private Optional<LocalDate> expiresAt = Optional.empty();

  @Option(
      names = {"-d", "--description"},
      paramLabel = "TEXT",
      description = "What the token is for.")
  private Optional<String> description = Optional.empty();

  @Option(
      names = {"-r", "--roles"},
      arity = "1..*",
      paramLabel = "ROLE",
      description = "Roles the token gets (default: all that its owner has).")
  private List<String> roles = new ArrayList<>();

  @Option(
      names = {"-u", "--user"},
      paramLabel = "USER",
      description = "Create it for this user; for administrators.")
  private Optional<String> user = Optional.empty();

  @Option(
      names = {"-q", "--quiet"},
      description = "Print the token alone.")
  private boolean quiet;

  private final Session session;
  private final Terminal terminal;

  TokenSetCommand(Session session, Terminal terminal) {
    this.session = session;
    this.terminal = terminal;
  }

  @Override
  public void run() {
    print(text(session.call(request())));
  }

  private ServerRequest request() {
    return TokenPath.one("POST", user, new TokenName(name))
        .with("expires_at", expiresAt.map(LocalDate::toString))
        .with("description", description)
        .withAll("roles", roles);
  }

  private static String text(JsonNode answer) {
    if (!answer.isTextual()) {
      throw Failure.of(
          ExitCode.SERVER_ERROR,
          "The server's answer holds no token",
          "See with osmo token list whether the token exists, and delete it if it does.");
    }
    return answer.textValue();
  }

  private void print(String token) {
    if (format.isJson()) {
      terminal.line(Json.onOneLine(Json.object().put("token", token)));
      return;
    }
    if (quiet) {
      terminal.line(token);
      return;
    }
    terminal.line("Note: Save the token in a secure location as it will not be shown again");
    terminal.line("Access token: " + token);
    user.ifPresent(owner -> terminal.line("Created for user: " + owner));
    if (!roles.isEmpty()) {
      terminal.line("Roles: " + String.join(", ", roles));
    }
  }
}
