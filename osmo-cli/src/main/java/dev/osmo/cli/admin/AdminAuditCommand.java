package dev.osmo.cli.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.osmo.cli.options.TableOption;
import dev.osmo.cli.output.Json;
import dev.osmo.cli.output.Table;
import dev.osmo.cli.output.Terminal;
import dev.osmo.cli.paging.Pages;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "audit", description = "Show who changed what, the newest first.")
class AdminAuditCommand implements Runnable {
  @Mixin private TableOption output = new TableOption();
  @Mixin private AuditFilter filter = new AuditFilter();

  @Option(
      names = "--json-lines",
      description = "Print each event as JSON on a line of its own, for log collectors.")
  private boolean jsonLines;

  private final Pages pages;
  private final Terminal terminal;

  AdminAuditCommand(Pages pages, Terminal terminal) {
    this.pages = pages;
    this.terminal = terminal;
  }

  @Override
  public void run() {
    ArrayNode events = pages.first(filter.count(), filter.request());
    if (jsonLines) {
      output.found(events).forEach(event -> terminal.line(Json.onOneLine(event)));
    } else if (output.isJson()) {
      terminal.block(Json.indented(output.found(events), 2));
    } else if (output.isQuiet()) {
      events.forEach(event -> terminal.line(event.path("id").asText()));
    } else if (events.isEmpty()) {
      terminal.line("No events found");
    } else {
      terminal.block(table(events));
    }
  }

  private Table table(ArrayNode events) {
    Table table = new Table();
    both(AuditEvent.HEADERS, AuditEvent.MORE_HEADERS).forEach(table::column);
    for (JsonNode each : events) {
      AuditEvent event = new AuditEvent(each);
      table.row(both(event.cells(), event.moreCells()).toArray(String[]::new));
    }
    return table;
  }

  private Stream<String> both(String[] always, String[] whenWide) {
    return output.isWide()
        ? Stream.concat(Stream.of(always), Stream.of(whenWide))
        : Stream.of(always);
  }
}
