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

@Command(name = "use", description = "Make a saved login the current one.")
class ContextUseCommand implements Runnable {
  @Mixin private FormatOption format = new FormatOption();

  @Parameters(paramLabel = "NAME", description = "Name of the context.")
  private String name = "";

  private final Contexts contexts;
  private final Terminal terminal;

  ContextUseCommand(Contexts contexts, Terminal terminal) {
    this.contexts = contexts;
    this.terminal = terminal;
  }

  @Override
  public void run() {
    contexts.use(new ContextName(name));
    if (format.isJson()) {
      ObjectNode json = Json.object().put("name", name).put("current", true);
      terminal.block(Json.indented(format.chosen(json), 2));
    } else {
      terminal.line("Using context " + name);
    }
  }
}
