package dev.osmo.cli.output;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A server's explanation of a refusal: the member {@code denial} of an error, or the history of an
 * access token. Members that are missing or not known are ignored.
 */
public record Denial(JsonNode json) {

  static Optional<Denial> parse(String text) {
    return Json.read(text.getBytes(StandardCharsets.UTF_8))
        .filter(JsonNode::isObject)
        .map(Denial::new);
  }

  String text() {
    return Json.onOneLine(json);
  }

  /** The commands to type next, in order. */
  public List<String> next() {
    return json.path("next").valueStream().map(JsonNode::asText).toList();
  }

  /** Whether the next commands are refused, too, unless the user signs in another way first. */
  public boolean needsAnotherCredential() {
    return !next().isEmpty() && !next().getFirst().startsWith("osmo login");
  }

  /** What happened, in a sentence; empty if the server does not say. */
  public String message() {
    return json.path("message").asText("");
  }

  public String reason() {
    return json.path("reason").asText("");
  }

  /**
   * For the user whose credential is refused: what happened, the roles that were removed, and the
   * commands to type next.
   *
   * @param signIn the command to sign in another way
   */
  public List<String> lines(String signIn) {
    List<String> lines = new ArrayList<>();
    lines.add("Token: " + json.path("token_name").asText("-"));
    lines.add("Owner: " + json.path("user_name").asText("-"));
    lines.add("");
    section(lines, "It is refused (" + reason() + "):", List.of(message()));
    lines.addAll(removedRoles(json));
    List<String> commands = new ArrayList<>(next());
    if (needsAnotherCredential()) {
      commands.addFirst(signIn);
    }
    section(lines, "Next:", commands);
    return lines;
  }

  /** The section on removed roles, if there are any. */
  public static List<String> removedRoles(JsonNode json) {
    List<String> lines = new ArrayList<>();
    section(
        lines,
        "Removed roles:",
        json.path("removed_roles").valueStream().map(Denial::removedRole).toList());
    return lines;
  }

  /** Adds a heading with indented lines, or nothing if there are none. */
  public static void section(List<String> lines, String heading, List<String> entries) {
    if (!entries.isEmpty()) {
      lines.add(heading);
      entries.forEach(entry -> lines.add("  " + entry));
    }
  }

  private static String removedRole(JsonNode removed) {
    String others =
        removed
            .path("also_removed_from")
            .valueStream()
            .map(JsonNode::asText)
            .collect(Collectors.joining(", "));
    return "- "
        + removed.path("role").asText("-")
        + " (removed by "
        + removed.path("removed_by").asText("-")
        + " at "
        + toTheSecond(removed.path("removed_at").asText("-"))
        + (others.isEmpty() ? "" : ", also from " + others)
        + ")";
  }

  private static String toTheSecond(String time) {
    return ServerTime.parse(time)
        .map(instant -> instant.truncatedTo(ChronoUnit.SECONDS))
        .map(Instant::toString)
        .orElse(time);
  }
}
