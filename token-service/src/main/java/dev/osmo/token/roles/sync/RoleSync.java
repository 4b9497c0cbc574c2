package dev.osmo.token.roles.sync;

import dev.osmo.token.roles.RoleName;
import dev.osmo.token.roles.catalogue.SyncMode;
import dev.osmo.token.roles.catalogue.SynchronizedRole;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * What the groups of a user change: roles to grant and roles to remove, both by name.
 *
 * <ol>
 *   <li>A role is granted if its mode is {@code import} or {@code force} and one of its external
 *       roles is among the groups.
 *   <li>A role is removed only if its mode is {@code force} and none of its external roles is among
 *       the groups.
 *   <li>A role with the mode {@code ignore} or without external roles is never changed.
 * </ol>
 */
public record RoleSync(List<RoleName> toGrant, List<RoleName> toRemove) {

  public RoleSync {
    toGrant = List.copyOf(toGrant);
    toRemove = List.copyOf(toRemove);
  }

  /** Decides. */
  static RoleSync decide(
      List<SynchronizedRole> catalogue, Set<RoleName> held, Collection<String> groups) {
    return new RoleSync(
        catalogue.stream()
            .filter(role -> role.mode() != SyncMode.IGNORE)
            .filter(role -> !held.contains(role.name()) && role.isGivenTo(groups))
            .map(SynchronizedRole::name)
            .sorted()
            .toList(),
        catalogue.stream()
            .filter(role -> role.mode() == SyncMode.FORCE && !role.externalRoles().isEmpty())
            .filter(role -> held.contains(role.name()) && !role.isGivenTo(groups))
            .map(SynchronizedRole::name)
            .sorted()
            .toList());
  }
}
