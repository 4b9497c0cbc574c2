package dev.osmo.cli.profile;

import com.fasterxml.jackson.databind.JsonNode;
import dev.osmo.cli.output.Document;
import dev.osmo.cli.output.FormatOption;
import dev.osmo.cli.output.Lines;
import dev.osmo.cli.output.Output;
import dev.osmo.cli.server.OsmoApi;
import dev.osmo.cli.session.Session;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "list", description = "Show your settings, roles and pools.")
class ProfileListCommand implements Runnable {
  @Mixin private FormatOption format = new FormatOption();

  private final Session session;
  private final Output output;

  ProfileListCommand(Session session, Output output) {
    this.session = session;
    this.output = output;
  }

  @Override
  public void run() {
    JsonNode response = session.call(OsmoApi.profile());
    output.print(format, Document.ofQuery(response), () -> lines(response));
  }

  private static Lines lines(JsonNode response) {
    JsonNode profile = response.path("profile");
    JsonNode token = response.path("token");
    Lines lines =
        Lines.of(
            "User: " + profile.path("username").asText("-"),
            "Pool: " + profile.path("pool").asText("-"),
            "Email notification: " + onOff(profile.path("email_notification")),
            "Slack notification: " + onOff(profile.path("slack_notification")),
            "Roles: " + joined(response.path("roles")),
            "Pools: " + joined(response.path("pools")));
    if (token.isObject()) {
      String day = token.path("expires_at").asText("-").split("T", 2)[0];
      lines.line("Token: " + token.path("name").asText("-") + " (until " + day + ")");
    }
    return lines;
  }

  private static String onOff(JsonNode value) {
    return value.asBoolean() ? "on" : "off";
  }

  private static String joined(JsonNode array) {
    String text =
        StreamSupport.stream(array.spliterator(), false)
            .map(JsonNode::asText)
            .collect(Collectors.joining(", "));
    return text.isEmpty() ? "None" : text;
  }
}
