package dev.osmo.cli.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.osmo.cli.options.TableOption;
import dev.osmo.cli.output.Json;
import dev.osmo.cli.output.Table;
import dev.osmo.cli.output.Terminal;
import java.time.ZoneId;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "list",
    description = "List workflows: your own, in all pools, unless options say otherwise.")
class WorkflowListCommand implements Runnable {
  @Mixin private TableOption output = new TableOption();
  @Mixin private WorkflowFilter filter = new WorkflowFilter();

  private final WorkflowPages pages;
  private final Terminal terminal;

  WorkflowListCommand(WorkflowPages pages, Terminal terminal) {
    this.pages = pages;
    this.terminal = terminal;
  }

  @Override
  public void run() {
    List<JsonNode> workflows = filter.inChosenOrder(pages.fetch(filter));
    if (output.isJson()) {
      ObjectNode document = Json.object();
      document.putArray("workflows").addAll(workflows);
      terminal.block(Json.indented(output.foundIn(document, "workflows"), 2));
    } else if (output.isQuiet()) {
      workflows.forEach(workflow -> terminal.line(workflow.path("name").asText("-")));
    } else {
      print(workflows);
    }
  }

  private void print(List<JsonNode> workflows) {
    if (workflows.isEmpty()) {
      terminal.line("There are no workflows to view.");
      return;
    }
    Table table =
        new Table()
            .column("User")
            .column("Workflow ID")
            .column("Submit Time")
            .column("Status")
            .column("Priority")
            .column("Labels")
            .column("Overview");
    if (output.isWide()) {
      table.column("Pool").column("App").column("Seconds");
    }
    workflows.forEach(workflow -> table.row(cells(new ListedWorkflow(workflow))));
    terminal.block(table);
  }

  private String[] cells(ListedWorkflow workflow) {
    ZoneId zone = ZoneId.systemDefault();
    return output.isWide() ? workflow.wideCells(zone) : workflow.cells(zone);
  }
}
