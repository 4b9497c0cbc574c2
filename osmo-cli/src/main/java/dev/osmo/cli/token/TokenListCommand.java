package dev.osmo.cli.token;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.osmo.cli.output.Document;
import dev.osmo.cli.output.Lines;
import dev.osmo.cli.output.Output;
import dev.osmo.cli.output.TableOption;
import dev.osmo.cli.session.Pages;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "list", description = "List tokens, oldest first.")
class TokenListCommand implements Runnable {
  @Mixin private TableOption table = new TableOption();
  @Mixin private TokenFilter filter = new TokenFilter();
  @ArgGroup private TokenOwners owners = new TokenOwners();

  private final Pages pages;
  private final Output output;

  TokenListCommand(Pages pages, Output output) {
    this.pages = pages;
    this.output = output;
  }

  @Override
  public void run() {
    ArrayNode response = table.sorted(pages.all(filter.addTo(owners.request())));
    List<ListedToken> tokens = tokens(response);
    output.print(table, Document.ofQuery(response), () -> names(tokens), () -> lines(tokens));
  }

  private List<ListedToken> tokens(ArrayNode response) {
    Stream<ListedToken> tokens = response.valueStream().map(ListedToken::of);
    return table.isSorted()
        ? tokens.toList()
        : tokens.sorted(Comparator.comparing(ListedToken::createdAt)).toList();
  }

  private Lines names(List<ListedToken> tokens) {
    return Lines.of(
        tokens.stream().map(owners.areSeveral() ? ListedToken::id : ListedToken::name).toList());
  }

  private Lines lines(List<ListedToken> tokens) {
    if (tokens.isEmpty()) {
      return Lines.of("No tokens found" + owners.user().map(id -> " for user " + id).orElse(""));
    }
    return owners
        .user()
        .map(id -> Lines.of("Tokens for user: " + id, ""))
        .orElseGet(Lines::of)
        .table(TokenTable.of(tokens, owners.areSeveral(), table.isWide()));
  }
}
