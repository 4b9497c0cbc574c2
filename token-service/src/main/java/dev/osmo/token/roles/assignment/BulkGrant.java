package dev.osmo.token.roles.assignment;

import dev.osmo.token.input.AsciiCase;
import dev.osmo.token.roles.RoleName;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The result of granting a role to many users.
 *
 * @param failed ids of users that do not exist
 */
record BulkGrant(
    RoleName roleName, List<String> assigned, List<String> alreadyAssigned, List<String> failed) {

  record One(String userId, boolean granted) {}

  static BulkGrant of(RoleName role, SortedSet<String> requested, List<One> done) {
    SortedSet<String> unknown = new TreeSet<>(requested);
    unknown.removeIf(id -> done.stream().anyMatch(one -> AsciiCase.equal(one.userId(), id)));
    return new BulkGrant(
        role,
        done.stream().filter(One::granted).map(One::userId).toList(),
        done.stream().filter(one -> !one.granted()).map(One::userId).toList(),
        List.copyOf(unknown));
  }
}
