package dev.osmo.cli.admin;

import com.fasterxml.jackson.databind.JsonNode;
import dev.osmo.cli.output.FormatOption;
import dev.osmo.cli.output.Json;
import dev.osmo.cli.output.Terminal;
import dev.osmo.cli.server.ServerRequest;
import dev.osmo.cli.session.Session;
import java.time.DateTimeException;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "policy", description = "Show what the server allows tokens to be.")
class AdminPolicyCommand implements Runnable {
  @Mixin private FormatOption format = new FormatOption();

  private final Session session;
  private final Terminal terminal;

  AdminPolicyCommand(Session session, Terminal terminal) {
    this.session = session;
    this.terminal = terminal;
  }

  @Override
  public void run() {
    JsonNode policy = session.call(ServerRequest.of("GET", "api", "configs", "policy"));
    if (format.isJson()) {
      terminal.block(Json.indented(format.found(policy), 2));
      return;
    }
    terminal.line("Longest life of a token: " + words(policy, "maximum_lifetime"));
    terminal.line("Life unless one is chosen: " + words(policy, "default_lifetime"));
    terminal.line("Live tokens per user: " + policy.path("maximum_live_tokens").asText("-"));
    terminal.line("Grace of a rotation: " + words(policy, "default_grace"));
    terminal.line("Longest grace: " + words(policy, "maximum_grace"));
  }

  /** Whole days or hours in words; anything else as it was sent. */
  private static String words(JsonNode policy, String field) {
    String text = policy.path(field).asText("-");
    try {
      Duration duration = Duration.parse(text);
      if (duration.toDays() > 1 && duration.equals(Duration.ofDays(duration.toDays()))) {
        return duration.toDays() + " days";
      }
      return duration.equals(Duration.ofHours(duration.toHours()))
          ? duration.toHours() + " hours"
          : text;
    } catch (DateTimeException odd) {
      return text;
    }
  }
}
