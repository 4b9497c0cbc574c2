package dev.osmo.cli.token;

import com.fasterxml.jackson.databind.JsonNode;
import dev.osmo.cli.options.TableOption;
import dev.osmo.cli.output.Json;
import dev.osmo.cli.output.Terminal;
import dev.osmo.cli.paging.Pages;
import java.util.Comparator;
import java.util.List;
import java.util.stream.StreamSupport;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "list", description = "List tokens, the oldest first.")
class TokenListCommand implements Runnable {
  @Mixin private TableOption output = new TableOption();
  @Mixin private TokenFilter filter = new TokenFilter();
  @ArgGroup private TokenOwners owners = new TokenOwners();

  private final Pages pages;
  private final Terminal terminal;

  TokenListCommand(Pages pages, Terminal terminal) {
    this.pages = pages;
    this.terminal = terminal;
  }

  @Override
  public void run() {
    JsonNode answer = pages.all(filter.addTo(owners.request()));
    if (output.isJson()) {
      terminal.block(Json.indented(output.found(answer), 2));
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
    if (output.isQuiet()) {
      tokens.forEach(token -> terminal.line(owners.areSeveral() ? token.id() : token.name()));
      return;
    }
    if (tokens.isEmpty()) {
      terminal.line("No tokens found" + owners.user().map(id -> " for user " + id).orElse(""));
      return;
    }
    owners.user().ifPresent(id -> terminal.block("Tokens for user: " + id + "\n\n"));
    terminal.block(TokenTable.of(tokens, owners.areSeveral(), output.isWide()));
  }
}
