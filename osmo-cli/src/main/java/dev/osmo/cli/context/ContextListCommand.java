package dev.osmo.cli.context;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.osmo.cli.options.TableOption;
import dev.osmo.cli.output.Json;
import dev.osmo.cli.output.Table;
import dev.osmo.cli.output.Terminal;
import dev.osmo.cli.session.store.Contexts;
import dev.osmo.cli.session.store.Contexts.Context;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "list", description = "List the saved logins; the current one is marked.")
class ContextListCommand implements Runnable {
  @Mixin private TableOption output = new TableOption();

  private final Contexts contexts;
  private final Terminal terminal;

  ContextListCommand(Contexts contexts, Terminal terminal) {
    this.contexts = contexts;
    this.terminal = terminal;
  }

  @Override
  public void run() {
    List<Context> all = contexts.all();
    if (output.isJson()) {
      ArrayNode array = Json.array();
      all.forEach(context -> array.add(ContextView.json(context)));
      terminal.block(Json.indented(output.found(array), 2));
    } else if (output.isQuiet()) {
      all.forEach(context -> terminal.line(context.name().text()));
    } else {
      print(all);
    }
  }

  private void print(List<Context> all) {
    if (all.isEmpty()) {
      terminal.line("No contexts found");
      return;
    }
    Table table = new Table().column("Current").column("Name").column("Server").column("User");
    if (output.isWide()) {
      table.column("Token kept by").column("JWT until (UTC)");
    }
    all.forEach(context -> table.row(cells(context)));
    terminal.block(table);
  }

  private String[] cells(Context context) {
    Stream<String> usual =
        Stream.of(
            context.current() ? "*" : "",
            context.name().text(),
            context.url().text(),
            context.user());
    Stream<String> more = Stream.of(context.helper().orElse("file"), jwtEnd(context));
    return (output.isWide() ? Stream.concat(usual, more) : usual).toArray(String[]::new);
  }

  /** One that was put out of use before its time has none. */
  private static String jwtEnd(Context context) {
    return context.jwtUntil().equals(Instant.EPOCH) ? "-" : context.jwtUntil().toString();
  }
}
