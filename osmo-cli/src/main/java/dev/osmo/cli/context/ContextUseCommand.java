package dev.osmo.cli.context;

import dev.osmo.cli.environment.ContextName;
import dev.osmo.cli.output.Document;
import dev.osmo.cli.output.FormatOption;
import dev.osmo.cli.output.Json;
import dev.osmo.cli.output.Lines;
import dev.osmo.cli.output.Output;
import dev.osmo.cli.session.Contexts;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "use", description = "Make a saved context the current one.")
class ContextUseCommand implements Runnable {
  @Mixin private FormatOption format = new FormatOption();

  @Parameters(paramLabel = "NAME", description = "Name of the context.")
  private String name = "";

  private final Contexts contexts;
  private final Output output;

  ContextUseCommand(Contexts contexts, Output output) {
    this.contexts = contexts;
    this.output = output;
  }

  @Override
  public void run() {
    contexts.use(new ContextName(name));
    output.print(
        format,
        Document.ofChange(Json.object().put("name", name).put("current", true)),
        () -> Lines.of("Using context " + name));
  }
}
