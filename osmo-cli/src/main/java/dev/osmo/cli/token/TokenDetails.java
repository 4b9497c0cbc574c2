package dev.osmo.cli.token;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** One token's details for users. Times are the server's, in UTC. */
record TokenDetails(JsonNode token) {

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("Token: " + text("token_name"));
    lines.add("ID: " + text("id"));
    lines.add("Owner: " + text("user_name"));
    lines.add("Description: " + text("description"));
    lines.add("State: " + state());
    lines.add("Roles: " + roles());
    lines.add("Created At (UTC): " + time(token, "created_at") + " by " + text("created_by"));
    lines.add("Expires At (UTC): " + time(token, "expires_at") + renewable());
    lines.add("Last Used At (UTC): " + time(token, "last_used_at"));
    lines.add("Made with: " + text("parent_id"));
    lines.add("Tokens made with it: " + token.path("derived_tokens").asLong());
    lines.addAll(has(token, "trust") ? trust(token.path("trust")) : secrets());
    return lines;
  }

  private List<String> secrets() {
    List<String> lines = new ArrayList<>(List.of("Secrets:"));
    token.path("secrets").forEach(secret -> lines.add("  - " + secret(secret)));
    return lines;
  }

  private static List<String> trust(JsonNode trust) {
    return List.of(
        "Trusted workload:",
        "  - issuer " + trust.path("issuer").asText(),
        "  - audience " + trust.path("audience").asText(),
        "  - subject " + trust.path("subject").asText(),
        "  - "
            + (has(trust, "first_used_at")
                ? "first used " + time(trust, "first_used_at")
                : "never used")
            + (has(trust, "revoked_at") ? ", revoked " + time(trust, "revoked_at") : ""));
  }

  private String state() {
    return text("state") + (has(token, "reason") ? " (" + text("reason") + ")" : "");
  }

  private String renewable() {
    return has(token, "renewable_until")
        ? ", renewable until " + time(token, "renewable_until")
        : "";
  }

  private String roles() {
    String joined =
        StreamSupport.stream(token.path("roles").spliterator(), false)
            .map(JsonNode::asText)
            .collect(Collectors.joining(", "));
    return joined.isEmpty() ? "None" : joined;
  }

  private static String secret(JsonNode secret) {
    return Stream.of(
            "created " + time(secret, "created_at"),
            has(secret, "first_used_at")
                ? "first used " + time(secret, "first_used_at")
                : "never used",
            has(secret, "valid_until") ? "valid until " + time(secret, "valid_until") : "",
            has(secret, "revoked_at") ? "revoked " + time(secret, "revoked_at") : "")
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining(", "));
  }

  private String text(String field) {
    String text = has(token, field) ? token.path(field).asText() : "";
    return text.isBlank() ? "-" : text;
  }

  /** To the second, without the zone, which is in the heading. */
  static String time(JsonNode node, String field) {
    return has(node, field)
        ? node.path(field)
            .asText()
            .replaceFirst("\\.[0-9]+", "")
            .replaceFirst("(Z|\\+00:00)$", "")
            .replace('T', ' ')
        : "never";
  }

  private static boolean has(JsonNode node, String field) {
    return node.hasNonNull(field);
  }
}
