package dev.osmo.cli.admin;

import com.fasterxml.jackson.databind.JsonNode;
import dev.osmo.cli.output.Json;
import java.util.stream.Collectors;

/** One event as a table row; a missing value is a dash. */
record AuditEvent(JsonNode event) {
  static final String[] HEADERS = {"At (UTC)", "Actor", "Action", "User", "Token", "Role"};
  static final String[] MORE_HEADERS = {"Via token", "JWT", "Request", "Details"};

  String[] cells() {
    return new String[] {
      text("at").replaceFirst("\\..*|Z$", "").replace('T', ' '),
      text("actor"),
      text("action"),
      text("user_id"),
      text("pat_id"),
      role()
    };
  }

  /** The role that was granted, removed or changed, or those of a new token. */
  private String role() {
    JsonNode details = event.path("details");
    return details.hasNonNull("role")
        ? details.path("role").asText()
        : details.path("roles").isEmpty()
            ? "-"
            : details
                .path("roles")
                .valueStream()
                .map(JsonNode::asText)
                .collect(Collectors.joining(", "));
  }

  String[] moreCells() {
    JsonNode details = event.path("details");
    return new String[] {
      text("via_pat_id"),
      text("jti"),
      text("request_id"),
      details.isMissingNode() || details.isNull() ? "-" : Json.onOneLine(details)
    };
  }

  private String text(String field) {
    return event.hasNonNull(field) ? event.path(field).asText() : "-";
  }
}
