package dev.osmo.token.roles.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.osmo.http.problem.Refusal;
import dev.osmo.token.problem.TokenProblem;
import dev.osmo.token.roles.RoleName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A role in the body of a request: either its fields alone, or OSMO's envelope, which contains the
 * role as {@code configs} and the {@code description} and {@code tags} of the change.
 */
record RoleBody(
    @Nullable Fields configs,
    @Nullable List<String> tags,
    @Nullable String name,
    @Nullable String description,
    @Nullable JsonNode policies,
    @Nullable Boolean immutable,
    @Nullable String syncMode,
    @Nullable List<String> externalRoles) {

  static final RoleBody EMPTY = new RoleBody(null, null, null, null, null, null, null, null);

  private static final Refusal OTHER_NAME =
      new Refusal(
          TokenProblem.INVALID_FIELD,
          "The body's field name must equal the role's name in the path, or be omitted.");
  private static final Refusal NO_NAME =
      new Refusal(
          TokenProblem.INVALID_FIELD, "Each role in the body's field configs needs a name.");
  private static final Refusal MIXED =
      new Refusal(
          TokenProblem.INVALID_FIELD,
          "With the field configs, the body can also contain description and tags only. Without it, the body is a role, which has no tags.");
  static final Refusal NO_ROLES =
      new Refusal(TokenProblem.INVALID_FIELD, "The body's field configs must list roles.");

  /** OSMO's role object. */
  record Fields(
      @Nullable String name,
      @Nullable String description,
      @Nullable JsonNode policies,
      @Nullable Boolean immutable,
      @Nullable String syncMode,
      @Nullable List<String> externalRoles) {

    RoleDefinition named() {
      if (name == null) {
        throw NO_NAME.toException();
      }
      return definition(name);
    }

    RoleDefinition addressed(String path) {
      if (name != null && !name.equals(path)) {
        throw OTHER_NAME.toException();
      }
      return definition(path);
    }

    private RoleDefinition definition(String role) {
      return new RoleDefinition(
          new RoleName(role),
          description == null ? null : RoleDescription.of(description),
          policies == null || policies.isNull() ? null : new Policies(policies),
          immutable,
          syncMode == null ? null : SyncMode.parse(syncMode),
          externalRoles);
    }
  }

  /** OSMO's envelope of several roles. */
  record Many(
      @Nullable List<Fields> configs, @Nullable String description, @Nullable List<String> tags) {

    List<RoleDefinition> roles() {
      if (configs == null || configs.stream().anyMatch(role -> role == null)) {
        throw NO_ROLES.toException();
      }
      return configs.stream().map(Fields::named).toList();
    }

    RoleChange change() {
      return RoleChange.of(description, tags);
    }
  }

  RoleDefinition role(String path) {
    Fields bare = new Fields(name, description, policies, immutable, syncMode, externalRoles);
    if (configs == null ? tags != null : !bare.equals(onlyDescription())) {
      throw MIXED.toException();
    }
    return (configs == null ? bare : configs).addressed(path);
  }

  RoleChange change() {
    return configs == null ? RoleChange.UNEXPLAINED : RoleChange.of(description, tags);
  }

  private Fields onlyDescription() {
    return new Fields(null, description, null, null, null, null);
  }
}
