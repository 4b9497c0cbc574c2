package dev.osmo.cli.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.osmo.cli.output.Document;
import dev.osmo.cli.output.Json;
import dev.osmo.cli.output.Lines;
import dev.osmo.cli.output.Output;
import dev.osmo.cli.output.Table;
import dev.osmo.cli.output.TableOption;
import java.time.ZoneId;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "list", description = "List workflows. The default is your own, in all pools.")
class WorkflowListCommand implements Runnable {
  @Mixin private TableOption table = new TableOption();
  @Mixin private WorkflowFilter filter = new WorkflowFilter();

  private final WorkflowPages pages;
  private final Output output;

  WorkflowListCommand(WorkflowPages pages, Output output) {
    this.pages = pages;
    this.output = output;
  }

  @Override
  public void run() {
    List<JsonNode> workflows =
        table.sorted(filter.inChosenOrder(pages.fetch(filter)), workflow -> workflow);
    ObjectNode document = Json.object();
    document.putArray("workflows").addAll(workflows);
    output.print(
        table,
        Document.ofQuery(document).withListIn("workflows"),
        () -> Lines.of(workflows.stream().map(each -> each.path("name").asText("-")).toList()),
        () -> lines(workflows));
  }

  private Lines lines(List<JsonNode> workflows) {
    if (workflows.isEmpty()) {
      return Lines.of("There are no workflows to view.");
    }
    Table rows =
        new Table()
            .column("User")
            .column("Workflow ID")
            .column("Submit Time")
            .column("Status")
            .column("Priority")
            .column("Labels")
            .column("Overview");
    if (table.isWide()) {
      rows.column("Pool").column("App").column("Seconds");
    }
    workflows.forEach(workflow -> rows.row(cells(new ListedWorkflow(workflow))));
    return Lines.of(rows);
  }

  private String[] cells(ListedWorkflow workflow) {
    ZoneId zone = ZoneId.systemDefault();
    return table.isWide() ? workflow.wideCells(zone) : workflow.cells(zone);
  }
}
