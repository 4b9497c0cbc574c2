package dev.osmo.token.roles.catalogue;

import dev.osmo.http.problem.Refusal;
import dev.osmo.token.audit.AuditAction;
import dev.osmo.token.audit.AuditEntry;
import dev.osmo.token.input.TextInput;
import dev.osmo.token.problem.TokenProblem;
import dev.osmo.token.roles.RoleName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Why roles are changed, as OSMO's client asks its user. The audit trail keeps it.
 *
 * @param description empty: not given
 */
record RoleChange(String description, List<String> tags) {

  static final RoleChange UNEXPLAINED = new RoleChange("", List.of());
  private static final int MAX = 512;
  private static final int MAX_TAGS = 20;

  RoleChange {
    description = TextInput.require("The description of a change", description, MAX);
    if (tags.size() > MAX_TAGS || tags.stream().anyMatch(Objects::isNull)) {
      throw new Refusal(
              TokenProblem.INVALID_FIELD, "A change can have up to " + MAX_TAGS + " tags.")
          .toException();
    }
    tags = tags.stream().map(tag -> TextInput.require("A tag", tag, MAX)).toList();
  }

  static RoleChange of(@Nullable String description, @Nullable List<String> tags) {
    return new RoleChange(description == null ? "" : description, tags == null ? List.of() : tags);
  }

  AuditEntry entry(AuditAction action, RoleName role) {
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("role", role.value());
    if (!description.isEmpty()) {
      details.put("description", description);
    }
    if (!tags.isEmpty()) {
      details.put("tags", tags);
    }
    return new AuditEntry(action, null, null, details);
  }
}
