package dev.osmo.cli.context;

import dev.osmo.cli.environment.ContextName;
import dev.osmo.cli.output.FormatOption;
import dev.osmo.cli.output.Json;
import dev.osmo.cli.output.Terminal;
import dev.osmo.cli.session.store.Contexts;
import dev.osmo.cli.session.store.Contexts.Context;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "show", description = "Show one saved login, without its secrets.")
class ContextShowCommand implements Runnable {
  @Mixin private FormatOption format = new FormatOption();

  @Parameters(
      arity = "0..1",
      paramLabel = "NAME",
      description = "Name of the context (default: the current one).")
  private Optional<String> name = Optional.empty();

  private final Contexts contexts;
  private final Terminal terminal;

  ContextShowCommand(Contexts contexts, Terminal terminal) {
    this.contexts = contexts;
    this.terminal = terminal;
  }

  @Override
  public void run() {
    Context context = contexts.one(name.map(ContextName::new));
    if (format.isJson()) {
      terminal.block(Json.indented(format.found(ContextView.json(context)), 2));
      return;
    }
    terminal.line("Name: " + context.name());
    terminal.line("Server: " + context.url());
    terminal.line("User: " + context.user());
    terminal.line("Current: " + (context.current() ? "yes" : "no"));
  }
}
