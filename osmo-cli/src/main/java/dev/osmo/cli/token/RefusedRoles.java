package dev.osmo.cli.token;

import com.fasterxml.jackson.databind.JsonNode;
import dev.osmo.cli.output.Failure;
import dev.osmo.cli.server.OsmoApi;
import dev.osmo.cli.session.Session;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Says which of the roles for a new token its owner does not have. The server does not. */
@Singleton
class RefusedRoles {
  private final Session session;

  RefusedRoles(Session session) {
    this.session = session;
  }

  /**
   * The failure with the names of the roles, unless they cannot be read.
   *
   * @param user the owner; empty for the caller
   * @param requested empty: all roles of the owner
   */
  Failure of(Failure refused, Optional<String> user, List<String> requested) {
    String whose = user.map(id -> "User " + id + " does").orElse("You do");
    try {
      Set<String> held = held(user);
      List<String> missing = requested.stream().filter(role -> !held.contains(role)).toList();
      if (held.isEmpty()) {
        return refused
            .withWhat(whose + " not have any role, and a token needs at least one")
            .withNextStep(
                user.map(RefusedRoles::assign).orElse("Ask an administrator for a role."));
      }
      return missing.isEmpty()
          ? refused
          : refused
              .withWhat(whose + " not have the requested roles: " + String.join(", ", missing))
              .withNextStep(
                  "See: " + user.map(id -> "osmo user get " + id).orElse("osmo profile list"));
    } catch (Failure unreadable) {
      return refused;
    }
  }

  private static String assign(String user) {
    return "Assign one: osmo user update " + user + " --add-roles <role>";
  }

  private Set<String> held(Optional<String> user) {
    return user
        .map(id -> new OsmoApi.User(id).get())
        .or(() -> Optional.of(OsmoApi.profile()))
        .map(session::call)
        .stream()
        .flatMap(response -> response.path("roles").valueStream())
        .map(RefusedRoles::name)
        .collect(Collectors.toSet());
  }

  /** The roles of a user come with their assignments, those of the caller as names. */
  private static String name(JsonNode role) {
    return role.isTextual() ? role.textValue() : role.path("role_name").asText("");
  }
}
