package dev.osmo.cli.rolepreview;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The server's preview of removing one role from one user. */
record RemovalPreview(JsonNode response) {

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "Would remove role "
            + response.path("role_name").asText("-")
            + " from "
            + response.path("user_id").asText("-"));
    response
        .path("shrinking")
        .forEach(token -> lines.add("  - " + name(token) + " keeps " + roles(token)));
    response.path("emptied").forEach(token -> lines.add("  - " + name(token) + " keeps no role"));
    if (lines.size() == 1) {
      lines.add("  No token changes.");
    }
    return lines;
  }

  private static String name(JsonNode token) {
    return "token "
        + token.path("token_name").asText("-")
        + " ("
        + token.path("id").asText("-")
        + ")";
  }

  private static String roles(JsonNode token) {
    return StreamSupport.stream(token.path("roles").spliterator(), false)
        .map(JsonNode::asText)
        .collect(Collectors.joining(", "));
  }
}
