package dev.osmo.cli.context;

import dev.osmo.cli.output.Terminal;
import dev.osmo.cli.session.ContextName;
import dev.osmo.cli.session.Contexts;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "use", description = "Make a saved login the current one.")
class ContextUseCommand implements Runnable {

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
    terminal.line("Using context " + name);
  }
}
