package dev.osmo.cli.context;

import dev.osmo.cli.environment.ContextName;
import dev.osmo.cli.output.Document;
import dev.osmo.cli.output.FormatOption;
import dev.osmo.cli.output.Lines;
import dev.osmo.cli.output.Output;
import dev.osmo.cli.session.ContextSummary;
import dev.osmo.cli.session.Contexts;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "show", description = "Show a saved context without its secrets.")
class ContextShowCommand implements Runnable {
  @Mixin private FormatOption format = new FormatOption();

  @Parameters(
      arity = "0..1",
      paramLabel = "NAME",
      description = "Name of the context (default: the current one).")
  private Optional<String> name = Optional.empty();

  private final Contexts contexts;
  private final Output output;

  ContextShowCommand(Contexts contexts, Output output) {
    this.contexts = contexts;
    this.output = output;
  }

  @Override
  public void run() {
    ContextSummary context = contexts.one(name.map(ContextName::new));
    output.print(format, Document.ofQuery(context.json()), () -> lines(context));
  }

  private static Lines lines(ContextSummary context) {
    Lines lines =
        Lines.of("Name: " + context.name(), "Server: " + context.url(), "User: " + context.user());
    context.signIn().ifPresent(signIn -> lines.line("Signed in with: " + signIn.provider()));
    return lines.line("Current: " + (context.current() ? "yes" : "no"));
  }
}
