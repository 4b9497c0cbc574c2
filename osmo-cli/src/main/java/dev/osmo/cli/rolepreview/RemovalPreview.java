package dev.osmo.cli.rolepreview;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The server's preview of removing one role from one user. */
record RemovalPreview(JsonNode response) {

  /** Whether the user has the role, which an older server does not say. */
  static boolean isHeld(JsonNode response) {
    return response.path("held").asBoolean(true);
  }

  List<String> lines() {
    if (!isHeld(response)) {
      return List.of("User " + user() + " does not have role " + role());
    }
    List<String> lines = new ArrayList<>();
    lines.add("Would remove role " + role() + " from " + user());
    response
        .path("shrinking")
        .forEach(token -> lines.add("  - " + name(token) + " keeps " + roles(token)));
    response.path("emptied").forEach(token -> lines.add("  - " + name(token) + " keeps no role"));
    if (lines.size() == 1) {
      lines.add("  No token changes.");
    }
    return lines;
  }

  private String role() {
    return response.path("role_name").asText("-");
  }

  private String user() {
    return response.path("user_id").asText("-");
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
