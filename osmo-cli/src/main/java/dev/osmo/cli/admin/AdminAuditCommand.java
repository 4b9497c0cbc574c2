package dev.osmo.cli.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.osmo.cli.output.Document;
import dev.osmo.cli.output.Lines;
import dev.osmo.cli.output.Output;
import dev.osmo.cli.output.Table;
import dev.osmo.cli.output.TableOption;
import dev.osmo.cli.session.Pages;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "audit", description = "Show who changed what, newest first.")
class AdminAuditCommand implements Runnable {
  @Mixin private TableOption table = new TableOption();
  @Mixin private AuditFilter filter = new AuditFilter();

  @Option(
      names = "--json-lines",
      description = "Print each event as one line of JSON, for log collectors.")
  private boolean jsonLines;

  private final Pages pages;
  private final Output output;

  AdminAuditCommand(Pages pages, Output output) {
    this.pages = pages;
    this.output = output;
  }

  @Override
  public void run() {
    ArrayNode events = table.sorted(pages.first(filter.count(), filter.request()));
    Document document = Document.ofQuery(events);
    if (jsonLines) {
      output.printJson(table, document.asJsonLines());
    } else {
      output.print(table, document, () -> ids(events), () -> lines(events));
    }
  }

  private static Lines ids(ArrayNode events) {
    return Lines.of(events.valueStream().map(event -> event.path("id").asText()).toList());
  }

  private Lines lines(ArrayNode events) {
    return events.isEmpty() ? Lines.of("No events found") : Lines.of(table(events));
  }

  private Table table(ArrayNode events) {
    Table rows = new Table();
    columns(AuditEvent.HEADERS, AuditEvent.MORE_HEADERS).forEach(rows::column);
    for (JsonNode each : events) {
      AuditEvent event = new AuditEvent(each);
      rows.row(columns(event.cells(), event.moreCells()).toArray(String[]::new));
    }
    return rows;
  }

  private Stream<String> columns(String[] always, String[] ifWide) {
    return table.isWide() ? Stream.concat(Stream.of(always), Stream.of(ifWide)) : Stream.of(always);
  }
}
