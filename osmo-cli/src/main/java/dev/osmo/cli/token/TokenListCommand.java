package dev.osmo.cli.token;

import com.fasterxml.jackson.databind.JsonNode;
import dev.osmo.cli.output.FormatOption;
import dev.osmo.cli.output.Json;
import dev.osmo.cli.output.Table;
import dev.osmo.cli.output.Terminal;
import dev.osmo.cli.session.Session;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "list", description = "List tokens, the oldest first.")
class TokenListCommand implements Runnable {
  private static final int NAME_WIDTH = 13;
  private static final int DESCRIPTION_WIDTH = 23;

  @Mixin private FormatOption format = new FormatOption();

  @Option(
      names = {"-u", "--user"},
      paramLabel = "USER",
      description = "List this user's tokens; for administrators.")
  private Optional<String> user = Optional.empty();

  @Option(names = "--wide", description = "Also show roles, id and day of creation.")
  private boolean wide;

  private final Session session;
  private final Terminal terminal;

  TokenListCommand(Session session, Terminal terminal) {
    this.session = session;
    this.terminal = terminal;
  }

  @Override
  public void run() {
    JsonNode answer = session.call(TokenPath.all("GET", user));
    if (format.isJson()) {
      terminal.block(Json.indented(format.chosen(answer), 2));
    } else {
      print(inOrderOfCreation(answer));
    }
  }

  private static List<ListedToken> inOrderOfCreation(JsonNode answer) {
    return StreamSupport.stream(answer.spliterator(), false)
        .map(ListedToken::of)
        .sorted(Comparator.comparing(ListedToken::createdAt))
        .toList();
  }

  private void print(List<ListedToken> tokens) {
    if (tokens.isEmpty()) {
      terminal.line("No tokens found" + user.map(id -> " for user " + id).orElse(""));
      return;
    }
    user.ifPresent(id -> terminal.block("Tokens for user: " + id + "\n\n"));
    Table table =
        new Table()
            .column("Name", NAME_WIDTH)
            .column("Description", DESCRIPTION_WIDTH)
            .column("Active")
            .column("Expires At (UTC)");
    if (wide) {
      table.column("Roles").column("ID").column("Created At (UTC)");
    }
    tokens.forEach(token -> table.row(wide ? token.wideCells() : token.cells()));
    terminal.block(table);
  }
}
