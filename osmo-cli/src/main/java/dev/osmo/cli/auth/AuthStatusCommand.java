package dev.osmo.cli.auth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.osmo.cli.output.Document;
import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import dev.osmo.cli.output.FormatOption;
import dev.osmo.cli.output.Json;
import dev.osmo.cli.output.Lines;
import dev.osmo.cli.output.Output;
import dev.osmo.cli.output.ServerTime;
import dev.osmo.cli.server.OsmoApi;
import dev.osmo.cli.session.Credential;
import dev.osmo.cli.session.Session;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * Sends a request, so that exit code 0 means that the server accepts the credential. The request
 * comes first because it may renew the JWT that is then described.
 */
@Command(
    name = "status",
    description = "Show the credential in use and check that the server accepts it.")
class AuthStatusCommand implements Runnable {
  @Mixin private FormatOption format = new FormatOption();

  private final Session session;
  private final Output output;

  AuthStatusCommand(Session session, Output output) {
    this.session = session;
    this.output = output;
  }

  @Override
  public void run() {
    JsonNode settings = settings();
    Credential credential = session.credential();
    output.print(
        format, Document.ofQuery(json(credential, settings)), () -> lines(credential, settings));
  }

  /** Shows the server and the origin of a credential that is not accepted. */
  private JsonNode settings() {
    try {
      return session.call(OsmoApi.profile());
    } catch (Failure unusable) {
      if (unusable.exitCode() == ExitCode.USER_ERROR) {
        throw unusable.withExitCode(ExitCode.NOT_AUTHENTICATED);
      }
      output.printEarly(format, this::origin);
      throw unusable;
    }
  }

  private Lines origin() {
    return session
        .server()
        .map(server -> Lines.of("Server: " + server, "Login from: " + session.source()))
        .orElseGet(Lines::of);
  }

  private static Lines lines(Credential credential, JsonNode settings) {
    List<String> roles = roles(settings);
    Lines lines =
        Lines.of(
            "Server: " + credential.server(),
            "Login from: " + credential.source(),
            "User: " + settings.path("profile").path("username").asText("-"));
    credential
        .signIn()
        .ifPresentOrElse(
            signIn ->
                lines
                    .line("Signed in with: " + signIn.provider())
                    .line("Signed in at (UTC): " + whole(signIn.at()))
                    .line("Session ends at (UTC): " + sessionEnd(settings))
                    .line("Provider checks again at (UTC): " + nextCheck(credential)),
            () ->
                lines
                    .line("Token: " + settings.path("token").path("name").asText("-"))
                    .line(
                        "Token expires at (UTC): "
                            + settings.path("token").path("expires_at").asText("-")));
    signInDue(settings).ifPresent(due -> lines.line("Sign-in due at (UTC): " + whole(due)));
    return lines
        .line("JWT expires at (UTC): " + credential.jwt().expiresAt())
        .line("Roles: " + (roles.isEmpty() ? "None" : String.join(", ", roles)));
  }

  /** When the user must have signed in again, so that the user's access tokens are accepted. */
  private static Optional<Instant> signInDue(JsonNode settings) {
    return ServerTime.parse(settings.path("sign_in_due_at").asText(""));
  }

  /** A dash for a server that does not send it. */
  private static String sessionEnd(JsonNode settings) {
    String end = settings.path("session").path("expires_at").asText("-");
    return ServerTime.parse(end).map(AuthStatusCommand::whole).orElse(end);
  }

  /** At the latest. A new JWT of a session needs the consent of the identity provider. */
  private static String nextCheck(Credential credential) {
    return credential.jwt().expiresAt().toString();
  }

  private static String whole(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static ObjectNode json(Credential credential, JsonNode settings) {
    JsonNode token = settings.path("token");
    ObjectNode json =
        Json.object()
            .put("server", credential.server().text())
            .put("source", credential.source())
            .put("user", settings.path("profile").path("username").asText("-"));
    credential
        .signIn()
        .ifPresentOrElse(
            signIn ->
                json.put("provider", signIn.provider())
                    .put("signed_in_at", whole(signIn.at()))
                    .put("session_id", credential.jwt().sessionId())
                    .put("session_expires_at", sessionEnd(settings))
                    .put("next_check_at", nextCheck(credential)),
            () ->
                json.put("token_name", token.path("name").asText("-"))
                    .put("token_expires_at", zoned(token.path("expires_at").asText("-"))));
    signInDue(settings).ifPresent(due -> json.put("sign_in_due_at", due.toString()));
    json.put("jwt_expires_at", credential.jwt().expiresAt().toString());
    ArrayNode roles = json.putArray("roles");
    roles(settings).forEach(roles::add);
    return json;
  }

  /** OSMO's field has no zone, a field of this document has one. */
  private static String zoned(String time) {
    return ServerTime.parse(time).map(Instant::toString).orElse(time);
  }

  private static List<String> roles(JsonNode settings) {
    return StreamSupport.stream(settings.path("roles").spliterator(), false)
        .map(JsonNode::asText)
        .sorted()
        .toList();
  }
}
