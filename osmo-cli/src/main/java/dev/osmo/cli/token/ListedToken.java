package dev.osmo.cli.token;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * One entry of the server's list.
 *
 * @param state as reported by the server, whose clock decides, for example Active or Expired
 * @param expiresOn the date, in UTC
 * @param createdAt the epoch if the server does not report it; such entries keep the server's order
 */
record ListedToken(
    String owner,
    String name,
    String description,
    String state,
    String expiresOn,
    Instant createdAt,
    String id,
    String roles) {

  static ListedToken of(JsonNode entry) {
    return new ListedToken(
        entry.path("user_name").asText("-"),
        entry.path("token_name").asText("-"),
        entry.path("description").asText(""),
        entry.path("state").asText("-"),
        entry.path("expires_at").asText("-").split("T", 2)[0],
        instant(entry.path("created_at").asText("")),
        entry.path("id").asText("-"),
        roles(entry.path("roles")));
  }

  List<String> cells() {
    return List.of(name, description, state, expiresOn);
  }

  List<String> wideCells() {
    String createdOn =
        createdAt.equals(Instant.EPOCH) ? "-" : createdAt.toString().substring(0, 10);
    return List.of(name, description, state, expiresOn, roles, id, createdOn);
  }

  private static String roles(JsonNode array) {
    return array.isEmpty()
        ? "-"
        : StreamSupport.stream(array.spliterator(), false)
            .map(JsonNode::asText)
            .collect(Collectors.joining(", "));
  }

  private static Instant instant(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException unknown) {
      return Instant.EPOCH;
    }
  }
}
