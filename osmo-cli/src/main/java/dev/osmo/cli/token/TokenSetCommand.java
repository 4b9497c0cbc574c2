package dev.osmo.cli.token;

import com.fasterxml.jackson.databind.JsonNode;
import dev.osmo.cli.output.Document;
import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import dev.osmo.cli.output.Json;
import dev.osmo.cli.output.Lines;
import dev.osmo.cli.output.Output;
import dev.osmo.cli.output.SecretOption;
import dev.osmo.cli.output.Terminal;
import dev.osmo.cli.server.RawRequest;
import dev.osmo.cli.server.Retry;
import dev.osmo.cli.server.ServerResponse;
import dev.osmo.cli.session.Session;
import java.util.Optional;
import java.util.UUID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Sends an idempotency key, so that the request can be repeated if the response is lost: the server
 * creates no second token, and reports how to get a new secret for the first.
 */
@Command(name = "set", description = "Create a token. It is shown only once.")
class TokenSetCommand implements Runnable {
  @Mixin private SecretOption secret = new SecretOption();
  @Mixin private NewTokenOptions properties = new NewTokenOptions();

  @Parameters(paramLabel = "NAME", description = "Name of the new token.")
  private String name = "";

  @Option(
      names = {"-u", "--user"},
      paramLabel = "USER",
      description = "Create the token for this user; for administrators.")
  private Optional<String> user = Optional.empty();

  @Option(
      names = "--idempotency-key",
      paramLabel = "KEY",
      description =
          "Reusing a key within 24 hours creates no second token (default: a new random key).")
  private Optional<String> key = Optional.empty();

  @Option(
      names = "--trust",
      paramLabel = "WORKLOAD",
      description = {
        "Create a token without a secret that only this workload can use, for example",
        "github:OWNER/REPOSITORY@refs/heads/BRANCH, kubernetes:NAMESPACE/SERVICEACCOUNT or",
        "issuer=URL,subject=SUBJECT."
      })
  private Optional<String> trust = Optional.empty();

  private final Session session;
  private final Terminal terminal;
  private final Output output;
  private final RefusedRoles refusedRoles;

  TokenSetCommand(Session session, Terminal terminal, Output output, RefusedRoles refusedRoles) {
    this.refusedRoles = refusedRoles;
    this.session = session;
    this.terminal = terminal;
    this.output = output;
  }

  @Override
  public void run() {
    if (trust.isPresent()) {
      secret.requireFields("id");
      printId(text(created().json()));
    } else {
      secret.requireSecret("token");
      print(text(created().json()));
    }
  }

  private ServerResponse created() {
    ServerResponse response = session.response(request());
    if (!response.isOk() && response.problem().type().equals("roles-not-held")) {
      throw refusedRoles.of(response.problem().asFailure(), user, properties.roles());
    }
    if (!response.isOk() && response.problem().type().equals("token-exists")) {
      throw response
          .problem()
          .asFailure()
          .withNextStep("Choose another name, or rotate the token: osmo token rotate " + name);
    }
    return response;
  }

  private RawRequest request() {
    return properties
        .addTo(TokenTarget.of(name, user).api().create())
        .with("trust", trust)
        .raw()
        .withHeader("Idempotency-Key", key())
        .withRetry(Retry.IDEMPOTENT);
  }

  private String key() {
    String chosen = key.orElseGet(() -> UUID.randomUUID().toString());
    if (!chosen.matches("[!-~]{1,255}")) {
      throw Failure.of(
          ExitCode.USER_ERROR,
          "--idempotency-key needs 1 to 255 visible ASCII characters",
          "For example, use the id of the build.");
    }
    return chosen;
  }

  private static String text(JsonNode response) {
    if (!response.isTextual()) {
      throw Failure.of(
          ExitCode.SERVER_ERROR,
          "The server's response contains no token",
          "If osmo token list shows the token, delete it.");
    }
    return response.textValue();
  }

  private void print(String token) {
    terminal.willPrintOnlyCopy(
        "The new token is valid, but nobody has it. Delete it: osmo token delete "
            + TokenTarget.of(name, user).typed());
    output.print(
        secret,
        Document.ofChange(Json.object().put("token", token)).onOneLine(),
        () -> Lines.of(token),
        () -> lines(token));
  }

  private void printId(String id) {
    output.print(
        secret,
        Document.ofChange(Json.object().put("id", id)).onOneLine(),
        () -> Lines.of(id),
        () -> trustLines(id));
  }

  private Lines trustLines(String id) {
    Lines lines =
        Lines.of(
            "Note: The token has no secret. Only the trusted workload can use it.",
            "Token ID: " + id,
            "Trusts: " + trust.orElse(""));
    return withOwnerAndRoles(lines);
  }

  private Lines lines(String token) {
    Lines lines =
        Lines.of(
            "Note: Save the token in a secure location as it will not be shown again",
            "Access token: " + token);
    return withOwnerAndRoles(lines);
  }

  private Lines withOwnerAndRoles(Lines lines) {
    user.ifPresent(owner -> lines.line("Created for user: " + owner));
    if (!properties.roles().isEmpty()) {
      lines.line("Roles: " + String.join(", ", properties.roles()));
    }
    return lines;
  }
}
