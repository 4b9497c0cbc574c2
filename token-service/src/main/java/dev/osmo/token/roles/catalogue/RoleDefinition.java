package dev.osmo.token.roles.catalogue;

import dev.osmo.http.problem.Refusal;
import dev.osmo.token.input.TextInput;
import dev.osmo.token.problem.TokenProblem;
import dev.osmo.token.roles.RoleName;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A role to create or change. A field that is null keeps its value; a new role gets the default.
 *
 * @param immutable may be set only when the role is created
 * @param externalRoles the identity provider's roles that give this one; by default its own name
 */
record RoleDefinition(
    RoleName name,
    @Nullable RoleDescription description,
    @Nullable Policies policies,
    @Nullable Boolean immutable,
    @Nullable SyncMode syncMode,
    @Nullable List<String> externalRoles) {

  private static final int MAX_EXTERNAL_ROLES = 100;
  private static final int MAX_LENGTH = 256;

  RoleDefinition {
    externalRoles = externalRoles == null ? null : checked(externalRoles);
  }

  /** Whether the role has every value that this names. */
  boolean agreesWith(RoleView role) {
    return (description == null || description.text().equals(role.description()))
        && (policies == null || policies.list().equals(role.policies()))
        && (immutable == null || immutable == role.immutable())
        && (syncMode == null || syncMode.text().equals(role.syncMode()))
        && (externalRoles == null || externalRoles.equals(role.externalRoles()));
  }

  private static List<String> checked(List<String> roles) {
    if (roles.size() > MAX_EXTERNAL_ROLES || roles.stream().anyMatch(Objects::isNull)) {
      throw new Refusal(
              TokenProblem.INVALID_FIELD,
              "A role's external_roles must list up to " + MAX_EXTERNAL_ROLES + " names.")
          .toException();
    }
    return roles.stream()
        .map(role -> TextInput.require("An external role", role, MAX_LENGTH))
        .distinct()
        .sorted()
        .toList();
  }
}
