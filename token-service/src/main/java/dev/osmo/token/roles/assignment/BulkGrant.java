package dev.osmo.token.roles.assignment;

import dev.osmo.token.roles.RoleName;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What became of a role that was given to many.
 *
 * @param failed ids that are nobody's
 */
record BulkGrant(
    RoleName roleName, List<String> assigned, List<String> alreadyAssigned, List<String> failed) {

  record One(String userId, boolean granted) {}

  static BulkGrant of(RoleName role, SortedSet<String> asked, List<One> done) {
    SortedSet<String> nobody = new TreeSet<>(asked);
    done.forEach(one -> nobody.remove(one.userId()));
    return new BulkGrant(
        role,
        done.stream().filter(One::granted).map(One::userId).toList(),
        done.stream().filter(one -> !one.granted()).map(One::userId).toList(),
        List.copyOf(nobody));
  }
}
