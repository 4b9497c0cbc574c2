package dev.osmo.cli.auth;

import com.fasterxml.jackson.databind.JsonNode;
import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import dev.osmo.cli.output.FormatOption;
import dev.osmo.cli.output.Json;
import dev.osmo.cli.output.Terminal;
import dev.osmo.cli.session.Session;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "whoami", description = "Print the user that the server takes you for.")
class AuthWhoamiCommand implements Runnable {
  @Mixin private FormatOption format = new FormatOption();

  private final Session session;
  private final Terminal terminal;

  AuthWhoamiCommand(Session session, Terminal terminal) {
    this.session = session;
    this.terminal = terminal;
  }

  @Override
  public void run() {
    JsonNode claims = session.credential().jwt().claims();
    String user =
        Stream.of("sub", "unique_name", "name")
            .map(claim -> Optional.ofNullable(claims.get(claim)))
            .flatMap(Optional::stream)
            .map(JsonNode::asText)
            .filter(name -> !name.isBlank())
            .findFirst()
            .orElseThrow(AuthWhoamiCommand::nobody);
    if (format.isJson()) {
      terminal.block(Json.indented(format.found(Json.object().put("user", user)), 2));
    } else {
      terminal.line(user);
    }
  }

  private static Failure nobody() {
    return Failure.of(ExitCode.SERVER_ERROR, "The server's JWT names no user", "");
  }
}
