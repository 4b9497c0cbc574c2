package dev.osmo.cli.token;

import com.fasterxml.jackson.databind.JsonNode;
import dev.osmo.cli.options.SecretOption;
import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import dev.osmo.cli.output.Json;
import dev.osmo.cli.output.Terminal;
import dev.osmo.cli.server.RawRequest;
import dev.osmo.cli.server.Repetition;
import dev.osmo.cli.server.ServerAnswer;
import dev.osmo.cli.session.Session;
import dev.osmo.cli.token.address.TokenName;
import dev.osmo.cli.token.address.TokenPath;
import java.util.Optional;
import java.util.UUID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Carries a key of its own, so that the request can be sent again when an answer is lost: the
 * server makes no second token, and says how to get a new text for the first.
 */
@Command(name = "set", description = "Create a token. Its text is shown once and never again.")
class TokenSetCommand implements Runnable {
  @Mixin private SecretOption output = new SecretOption();
  @Mixin private NewTokenOptions wanted = new NewTokenOptions();

  @Parameters(paramLabel = "NAME", description = "Name of the new token.")
  private String name = "";

  @Option(
      names = {"-u", "--user"},
      paramLabel = "USER",
      description = "Create it for this user; for administrators.")
  private Optional<String> user = Optional.empty();

  @Option(
      names = "--idempotency-key",
      paramLabel = "KEY",
      description =
          "The same key within 24 hours makes no second token (default: a new key each time).")
  private Optional<String> key = Optional.empty();

  private final Session session;
  private final Terminal terminal;

  TokenSetCommand(Session session, Terminal terminal) {
    this.session = session;
    this.terminal = terminal;
  }

  @Override
  public void run() {
    output.demandFieldsAmong("token");
    print(text(created().json()));
  }

  private ServerAnswer created() {
    ServerAnswer answer = session.answer(request());
    if (!answer.isOk() && answer.problem().type().equals("token-exists")) {
      throw answer
          .problem()
          .asFailure()
          .withNextStep("Take another name, or give it a new secret: osmo token rotate " + name);
    }
    return answer;
  }

  private RawRequest request() {
    return wanted
        .addTo(TokenPath.one("POST", user, new TokenName(name)))
        .raw()
        .withHeader("Idempotency-Key", key())
        .repeated(Repetition.HARMLESS);
  }

  private String key() {
    String chosen = key.orElseGet(() -> UUID.randomUUID().toString());
    if (!chosen.matches("[!-~]{1,255}")) {
      throw Failure.of(
          ExitCode.USER_ERROR,
          "--idempotency-key needs 1 to 255 visible ASCII characters",
          "Take for example the id of the build.");
    }
    return chosen;
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
    terminal.printsTheOnlyCopy();
    if (output.isJson()) {
      terminal.line(Json.onOneLine(output.chosen(Json.object().put("token", token))));
      return;
    }
    if (output.isQuiet()) {
      terminal.line(token);
      return;
    }
    terminal.line("Note: Save the token in a secure location as it will not be shown again");
    terminal.line("Access token: " + token);
    user.ifPresent(owner -> terminal.line("Created for user: " + owner));
    if (!wanted.roles().isEmpty()) {
      terminal.line("Roles: " + String.join(", ", wanted.roles()));
    }
  }
}
