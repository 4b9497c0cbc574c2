package dev.osmo.cli.token;

import com.fasterxml.jackson.databind.JsonNode;
import dev.osmo.cli.output.Denial;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The server's explanation of a token's state, for users. */
record TokenHistory(JsonNode history) {

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("Token: " + history.path("token_name").asText("-"));
    lines.add("Owner: " + history.path("user_name").asText("-"));
    lines.add("State: " + history.path("state").asText("-"));
    lines.add("Roles: " + roles());
    lines.add("");
    List<String> blocking = messages(true);
    Denial.section(lines, "It is refused:", blocking);
    if (blocking.isEmpty()) {
      lines.add("It is accepted.");
    }
    Denial.section(lines, "Also:", messages(false));
    lines.addAll(Denial.removedRoles(history));
    Denial.section(lines, "Next:", next());
    return lines;
  }

  private List<String> messages(boolean blocking) {
    return causes()
        .filter(cause -> cause.path("blocks").asBoolean() == blocking)
        .map(cause -> cause.path("message").asText("-"))
        .toList();
  }

  private List<String> next() {
    return causes()
        .flatMap(cause -> cause.path("next").valueStream())
        .map(JsonNode::asText)
        .distinct()
        .toList();
  }

  private Stream<JsonNode> causes() {
    return history.path("causes").valueStream();
  }

  private String roles() {
    String joined =
        history.path("roles").valueStream().map(JsonNode::asText).collect(Collectors.joining(", "));
    return joined.isEmpty() ? "None" : joined;
  }
}
