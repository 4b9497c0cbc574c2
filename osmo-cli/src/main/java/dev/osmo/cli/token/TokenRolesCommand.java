package dev.osmo.cli.token;

import com.fasterxml.jackson.databind.JsonNode;
import dev.osmo.cli.output.Document;
import dev.osmo.cli.output.FormatOption;
import dev.osmo.cli.output.GrantedRoles;
import dev.osmo.cli.output.Lines;
import dev.osmo.cli.output.Output;
import dev.osmo.cli.session.Session;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "roles", description = "Show the roles of a token and who assigned them.")
class TokenRolesCommand implements Runnable {
  @Mixin private FormatOption format = new FormatOption();
  @Mixin private TokenTarget token = new TokenTarget();

  private final Session session;
  private final Output output;

  TokenRolesCommand(Session session, Output output) {
    this.session = session;
    this.output = output;
  }

  @Override
  public void run() {
    JsonNode response = session.call(token.api().roles());
    output.print(format, Document.ofQuery(response), () -> lines(response));
  }

  private Lines lines(JsonNode response) {
    Lines lines =
        Lines.of(
            "Token: " + response.path("token_name").asText(token.name()),
            "Owner: " + response.path("user_name").asText("-"),
            "");
    GrantedRoles.of(response.path("roles")).lines().forEach(lines::line);
    return lines;
  }
}
