package dev.osmo.cli.auth;

import com.fasterxml.jackson.databind.JsonNode;
import dev.osmo.cli.output.Document;
import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import dev.osmo.cli.output.FormatOption;
import dev.osmo.cli.output.Json;
import dev.osmo.cli.output.Lines;
import dev.osmo.cli.output.Output;
import dev.osmo.cli.session.Session;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "whoami", description = "Print the user that the JWT identifies.")
class AuthWhoamiCommand implements Runnable {
  @Mixin private FormatOption format = new FormatOption();

  private final Session session;
  private final Output output;

  AuthWhoamiCommand(Session session, Output output) {
    this.session = session;
    this.output = output;
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
            .orElseThrow(AuthWhoamiCommand::noUser);
    output.print(format, Document.ofQuery(Json.object().put("user", user)), () -> Lines.of(user));
  }

  private static Failure noUser() {
    return Failure.of(ExitCode.SERVER_ERROR, "The server's JWT names no user", "");
  }
}
