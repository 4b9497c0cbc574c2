package dev.osmo.cli.context;

import dev.osmo.cli.output.Terminal;
import dev.osmo.cli.session.ContextName;
import dev.osmo.cli.session.Contexts;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "delete", description = "Forget a saved login. Its token stays valid.")
class ContextDeleteCommand implements Runnable {

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
    terminal.line("Context " + name + " deleted");
  }
}
