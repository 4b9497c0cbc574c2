package dev.osmo.token.roles.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.osmo.http.problem.Refusal;
import dev.osmo.token.input.TextInput;
import dev.osmo.token.problem.TokenProblem;
import java.util.Set;

/**
 * The policies of a role, as OSMO's resource servers read them: a list of objects with {@code
 * actions} and optionally {@code effect} and {@code resources}. They are stored and returned, and
 * not interpreted here.
 */
record Policies(JsonNode list) {

  private static final Set<String> FIELDS = Set.of("effect", "actions", "resources");
  private static final Set<String> EFFECTS = Set.of("Allow", "Deny");
  private static final int MAX_TEXT = 512;

  Policies {
    require(list.isArray(), "A role's policies must be a list.");
    list.forEach(Policies::requirePolicy);
  }

  private static void requirePolicy(JsonNode policy) {
    require(policy.isObject(), "Each policy of a role must be an object.");
    policy.fieldNames().forEachRemaining(Policies::requireKnown);
    JsonNode effect = policy.path("effect");
    require(
        effect.isMissingNode() || EFFECTS.contains(effect.asText()),
        "A policy's effect must be Allow or Deny.");
    require(policy.has("actions"), "Each policy of a role must have actions.");
    policy.path("actions").forEach(Policies::requireAction);
    policy.path("resources").forEach(Policies::requireText);
    require(policy.path("actions").isArray(), "A policy's actions must be a list.");
    require(
        policy.path("resources").isMissingNode() || policy.path("resources").isArray(),
        "A policy's resources must be a list.");
  }

  /** {@code "workflow:Read"}, or an object of texts as OSMO's older versions write it. */
  private static void requireAction(JsonNode action) {
    if (action.isObject()) {
      action.fieldNames().forEachRemaining(name -> TextInput.require("A policy", name, MAX_TEXT));
      action.forEach(Policies::requireText);
    } else {
      requireText(action);
    }
  }

  private static void requireText(JsonNode value) {
    require(value.isTextual(), "A policy's actions and resources must be text.");
    TextInput.require("A policy", value.textValue(), MAX_TEXT);
  }

  private static void requireKnown(String field) {
    require(
        FIELDS.contains(field),
        "Unknown field "
            + TextInput.printable(field)
            + " in a policy. Known fields: actions, effect, resources.");
  }

  private static void require(boolean condition, String detail) {
    if (!condition) {
      throw new Refusal(TokenProblem.INVALID_FIELD, detail).toException();
    }
  }
}
