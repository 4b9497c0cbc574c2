package dev.osmo.cli.context;

import dev.osmo.cli.environment.ContextName;
import dev.osmo.cli.output.Document;
import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import dev.osmo.cli.output.FormatOption;
import dev.osmo.cli.output.Json;
import dev.osmo.cli.output.Lines;
import dev.osmo.cli.output.Output;
import dev.osmo.cli.session.Contexts;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "delete",
    description = "Delete a saved context. Its session ends, its access token remains valid.")
class ContextDeleteCommand implements Runnable {
  @Mixin private FormatOption format = new FormatOption();

  @Parameters(paramLabel = "NAME", description = "Name of the context.")
  private String name = "";

  private final Contexts contexts;
  private final Output output;

  ContextDeleteCommand(Contexts contexts, Output output) {
    this.contexts = contexts;
    this.output = output;
  }

  @Override
  public void run() {
    delete(new ContextName(name));
    output.print(
        format,
        Document.ofChange(Json.object().put("name", name).put("deleted", true)),
        () -> Lines.of("Context " + name + " deleted"));
  }

  /** Without the advice to create the context. */
  private void delete(ContextName context) {
    try {
      contexts.delete(context);
    } catch (Failure failure) {
      throw failure.exitCode() == ExitCode.NOT_FOUND
          ? failure.withNextStep("See: osmo context list")
          : failure;
    }
  }
}
