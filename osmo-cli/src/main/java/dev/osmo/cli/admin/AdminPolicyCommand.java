package dev.osmo.cli.admin;

import com.fasterxml.jackson.databind.JsonNode;
import dev.osmo.cli.output.Document;
import dev.osmo.cli.output.FormatOption;
import dev.osmo.cli.output.Lines;
import dev.osmo.cli.output.Output;
import dev.osmo.cli.server.OsmoApi;
import dev.osmo.cli.session.Session;
import java.time.DateTimeException;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "policy", description = "Show the limits that the server sets for access tokens.")
class AdminPolicyCommand implements Runnable {
  @Mixin private FormatOption format = new FormatOption();

  private final Session session;
  private final Output output;

  AdminPolicyCommand(Session session, Output output) {
    this.session = session;
    this.output = output;
  }

  @Override
  public void run() {
    JsonNode policy = session.call(OsmoApi.policy());
    output.print(format, Document.ofQuery(policy), () -> lines(policy));
  }

  private static Lines lines(JsonNode policy) {
    return Lines.of(
        "Maximum token lifetime: " + words(policy, "maximum_lifetime"),
        "Default token lifetime: " + words(policy, "default_lifetime"),
        "Maximum active tokens per user: " + policy.path("maximum_live_tokens").asText("-"),
        "Default rotation grace period: " + words(policy, "default_grace"),
        "Maximum rotation grace period: " + words(policy, "maximum_grace"));
  }

  /** Whole days or hours in words; any other duration as the server sent it. */
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
