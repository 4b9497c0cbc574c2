package dev.osmo.cli.context;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.osmo.cli.output.Document;
import dev.osmo.cli.output.Json;
import dev.osmo.cli.output.Lines;
import dev.osmo.cli.output.Output;
import dev.osmo.cli.output.Table;
import dev.osmo.cli.output.TableOption;
import dev.osmo.cli.session.ContextSummary;
import dev.osmo.cli.session.Contexts;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "list", description = "List the saved contexts; * marks the current one.")
class ContextListCommand implements Runnable {
  @Mixin private TableOption table = new TableOption();

  private final Contexts contexts;
  private final Output output;

  ContextListCommand(Contexts contexts, Output output) {
    this.contexts = contexts;
    this.output = output;
  }

  @Override
  public void run() {
    List<ContextSummary> all = table.sorted(contexts.all(), ContextSummary::json);
    ArrayNode array = Json.array();
    all.forEach(context -> array.add(context.json()));
    output.print(
        table,
        Document.ofQuery(array),
        () -> Lines.of(all.stream().map(context -> context.name().text()).toList()),
        () -> all.isEmpty() ? Lines.of("No contexts found") : Lines.of(table(all)));
  }

  private Table table(List<ContextSummary> all) {
    Table rows = new Table().column("Current").column("Name").column("Server").column("User");
    if (table.isWide()) {
      rows.column("Token stored by").column("JWT expires at (UTC)");
    }
    all.forEach(context -> rows.row(cells(context)));
    return rows;
  }

  private String[] cells(ContextSummary context) {
    Stream<String> usual =
        Stream.of(
            context.current() ? "*" : "",
            context.name().text(),
            context.url().text(),
            context.user());
    Stream<String> more = Stream.of(context.helper().orElse("file"), jwtExpiry(context));
    return (table.isWide() ? Stream.concat(usual, more) : usual).toArray(String[]::new);
  }

  /** A dash for a JWT that was discarded before it expired. */
  private static String jwtExpiry(ContextSummary context) {
    return context.jwtExpiresAt().equals(Instant.EPOCH) ? "-" : context.jwtExpiresAt().toString();
  }
}
