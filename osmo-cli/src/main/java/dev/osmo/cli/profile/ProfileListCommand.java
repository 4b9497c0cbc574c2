package dev.osmo.cli.profile;

import com.fasterxml.jackson.databind.JsonNode;
import dev.osmo.cli.output.FormatOption;
import dev.osmo.cli.output.Json;
import dev.osmo.cli.output.Terminal;
import dev.osmo.cli.server.ServerRequest;
import dev.osmo.cli.session.Session;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "list", description = "Show your settings, roles and pools.")
class ProfileListCommand implements Runnable {
  @Mixin private FormatOption format = new FormatOption();

  private final Session session;
  private final Terminal terminal;

  ProfileListCommand(Session session, Terminal terminal) {
    this.session = session;
    this.terminal = terminal;
  }

  @Override
  public void run() {
    JsonNode answer = session.call(ServerRequest.of("GET", "api", "profile", "settings"));
    if (format.isJson()) {
      terminal.block(Json.indented(format.found(answer), 2));
    } else {
      print(answer);
    }
  }

  private void print(JsonNode answer) {
    JsonNode profile = answer.path("profile");
    JsonNode token = answer.path("token");
    terminal.line("User: " + profile.path("username").asText("-"));
    terminal.line("Pool: " + profile.path("pool").asText("-"));
    terminal.line("Email notification: " + onOff(profile.path("email_notification")));
    terminal.line("Slack notification: " + onOff(profile.path("slack_notification")));
    terminal.line("Roles: " + joined(answer.path("roles")));
    terminal.line("Pools: " + joined(answer.path("pools")));
    if (token.isObject()) {
      String day = token.path("expires_at").asText("-").split("T", 2)[0];
      terminal.line("Token: " + token.path("name").asText("-") + " (until " + day + ")");
    }
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
