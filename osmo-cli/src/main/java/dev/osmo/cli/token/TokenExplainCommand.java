package dev.osmo.cli.token;

import com.fasterxml.jackson.databind.JsonNode;
import dev.osmo.cli.output.Document;
import dev.osmo.cli.output.FormatOption;
import dev.osmo.cli.output.Lines;
import dev.osmo.cli.output.Output;
import dev.osmo.cli.session.Session;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "explain",
    description = {
      "Explain why a token is refused, or lacks a role, and what to do.",
      "Shows which roles were removed, by whom and when, and which other tokens lost them."
    })
class TokenExplainCommand implements Runnable {
  @Mixin private FormatOption format = new FormatOption();
  @Mixin private TokenTarget token = new TokenTarget();

  private final Session session;
  private final Output output;

  TokenExplainCommand(Session session, Output output) {
    this.session = session;
    this.output = output;
  }

  @Override
  public void run() {
    JsonNode history = session.call(token.api().history());
    output.print(
        format, Document.ofQuery(history), () -> Lines.of(new TokenHistory(history).lines()));
  }
}
