package dev.osmo.cli.token;

import com.fasterxml.jackson.databind.JsonNode;
import dev.osmo.cli.output.FormatOption;
import dev.osmo.cli.output.GrantedRoles;
import dev.osmo.cli.output.Json;
import dev.osmo.cli.output.Terminal;
import dev.osmo.cli.session.Session;
import dev.osmo.cli.token.address.TokenTarget;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "roles", description = "Show which roles a token carries, and who granted them.")
class TokenRolesCommand implements Runnable {
  @Mixin private FormatOption format = new FormatOption();
  @Mixin private TokenTarget token = new TokenTarget();

  private final Session session;
  private final Terminal terminal;

  TokenRolesCommand(Session session, Terminal terminal) {
    this.session = session;
    this.terminal = terminal;
  }

  @Override
  public void run() {
    JsonNode answer = session.call(token.request("GET", "roles"));
    if (format.isJson()) {
      terminal.block(Json.indented(format.found(answer), 2));
      return;
    }
    terminal.line("Token: " + answer.path("token_name").asText(token.name()));
    terminal.line("Owner: " + answer.path("user_name").asText("-"));
    terminal.line("");
    GrantedRoles.of(answer.path("roles")).lines().forEach(terminal::line);
  }
}
