package dev.osmo.cli.token;

import com.fasterxml.jackson.databind.JsonNode;
import dev.osmo.cli.output.ServerTime;
import java.time.Instant;
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
        state(entry),
        entry.path("expires_at").asText("-").split("T", 2)[0],
        ServerTime.parse(entry.path("created_at").asText("")).orElse(Instant.EPOCH),
        entry.path("id").asText("-"),
        roles(entry.path("roles")));
  }

  /** An active token whose last role was removed is refused. */
  private static String state(JsonNode entry) {
    String state = entry.path("state").asText("-");
    boolean noRoles = entry.path("roles").isArray() && entry.path("roles").isEmpty();
    return state.equals("Active") && noRoles ? "No roles" : state;
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
}
