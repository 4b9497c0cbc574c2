package dev.osmo.cli.context;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.osmo.cli.environment.ContextName;
import dev.osmo.cli.output.FormatOption;
import dev.osmo.cli.output.Json;
import dev.osmo.cli.output.Terminal;
import dev.osmo.cli.session.store.Contexts;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "delete", description = "Forget a saved login. Its token stays valid.")
class ContextDeleteCommand implements Runnable {
  @Mixin private FormatOption format = new FormatOption();

  @Parameters(paramLabel = "NAME", description = "Name of the context.")
  private String name = "";

  private final Contexts contexts;
  private final Terminal terminal;

  ContextDeleteCommand(Contexts contexts, Terminal terminal) {
    this.contexts = contexts;
    this.terminal = terminal;
  }

  @Override
  public void run() {
    contexts.delete(new ContextName(name));
    if (format.isJson()) {
      ObjectNode json = Json.object().put("name", name).put("deleted", true);
      terminal.block(Json.indented(format.chosen(json), 2));
    } else {
      terminal.line("Context " + name + " deleted");
    }
  }
}
