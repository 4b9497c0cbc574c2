package dev.osmo.cli.output;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The roles of a token or user, with who assigned them and when, in the order of assignment. */
public record GrantedRoles(List<GrantedRole> roles) {

  record GrantedRole(String name, String assignedBy, String assignedOn, Instant assignedAt) {
    static GrantedRole of(JsonNode role) {
      String at = role.path("assigned_at").asText("-");
      String name = role.path("role_name").asText("-");
      String by = role.path("assigned_by").asText("-");
      return ServerTime.parse(at)
          .map(time -> new GrantedRole(name, by, time.toString().substring(0, 10), time))
          .orElseGet(() -> new GrantedRole(name, by, at.split("T", 2)[0], Instant.EPOCH));
    }

    String line() {
      return "  - " + name + " (assigned by " + assignedBy + " on " + assignedOn + ")";
    }
  }

  public static GrantedRoles of(JsonNode array) {
    return new GrantedRoles(
        StreamSupport.stream(array.spliterator(), false)
            .map(GrantedRole::of)
            .sorted(Comparator.comparing(GrantedRole::assignedAt))
            .toList());
  }

  public Stream<String> lines() {
    return roles.isEmpty()
        ? Stream.of("Roles: None")
        : Stream.concat(Stream.of("Roles:"), roles.stream().map(GrantedRole::line));
  }
}
