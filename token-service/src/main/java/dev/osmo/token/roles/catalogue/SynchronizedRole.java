package dev.osmo.token.roles.catalogue;

import dev.osmo.token.roles.RoleName;
import java.util.Collection;
import java.util.Set;

/**
 * A role that sign-in grants, and perhaps removes.
 *
 * @param externalRoles the groups of an identity provider whose members get the role
 */
public record SynchronizedRole(RoleName name, SyncMode mode, Set<String> externalRoles) {

  public SynchronizedRole {
    externalRoles = Set.copyOf(externalRoles);
  }

  public boolean isGivenTo(Collection<String> groups) {
    return groups.stream().anyMatch(externalRoles::contains);
  }
}
