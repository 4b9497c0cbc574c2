package dev.osmo.token.scim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.osmo.token.input.AsciiCase;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a request says about {@code active}. Everything else in it is ignored, because this service
 * has no other attribute: a directory that changes a name in the same request still disables the
 * user. Names of attributes ignore the case (RFC 7643, section 2.1).
 */
final class RequestedActive {

  private static final String PATCH = "urn:ietf:params:scim:api:messages:2.0:PatchOp";
  private static final String USER = "urn:ietf:params:scim:schemas:core:2.0:user:";
  private static final String ACTIVE = "active";
  private static final int MOST_OPERATIONS = 100;

  private RequestedActive() {}

  /**
   * The value after all operations of RFC 7644, section 3.5.2: with a path, as Entra ID sends it,
   * or with an object as the value, as Okta sends it. Empty if none is about {@code active}.
   */
  static Optional<Boolean> ofPatch(@Nullable JsonNode body) {
    JsonNode patch = object(body);
    if (!hasSchema(patch)) {
      throw ScimProblem.INVALID_SYNTAX
          .because("The body must have the schema " + PATCH + ".")
          .toException();
    }
    JsonNode operations = only(patch, "operations").orElse(null);
    if (operations == null
        || !operations.isArray()
        || operations.isEmpty()
        || operations.size() > MOST_OPERATIONS) {
      throw ScimProblem.INVALID_SYNTAX
          .because("The body must have 1 to " + MOST_OPERATIONS + " Operations.")
          .toException();
    }
    Optional<Boolean> active = Optional.empty();
    for (JsonNode operation : operations) {
      Optional<Boolean> before = active;
      active = ofOperation(object(operation)).or(() -> before);
    }
    return active;
  }

  /** The value in a complete resource of the user; empty without one. */
  static Optional<Boolean> ofResource(@Nullable JsonNode body, String userName) {
    JsonNode resource = object(body);
    boolean isThisUser =
        only(resource, "username")
            .map(name -> name.isTextual() && AsciiCase.equal(name.textValue(), userName))
            .orElse(true);
    if (!isThisUser) {
      throw ScimProblem.MUTABILITY.because("The userName of a user does not change.").toException();
    }
    return only(resource, ACTIVE).map(RequestedActive::flag);
  }

  private static Optional<Boolean> ofOperation(JsonNode operation) {
    String op = only(operation, "op").map(JsonNode::asText).orElse("").toLowerCase(Locale.ROOT);
    if (!List.of("add", "replace", "remove").contains(op)) {
      throw ScimProblem.INVALID_SYNTAX
          .because("An operation must be add, replace or remove.")
          .toException();
    }
    Optional<JsonNode> path = only(operation, "path").filter(node -> !node.isNull());
    if (path.isPresent() && !path.get().isTextual()) {
      throw ScimProblem.INVALID_PATH.because("A path must be a text.").toException();
    }
    Optional<JsonNode> value = only(operation, "value");
    Optional<JsonNode> active =
        path.isPresent()
            ? value(path.get().textValue(), value)
            : value.flatMap(node -> only(object(node), ACTIVE));
    if (op.equals("remove") && isActive(path.map(JsonNode::textValue).orElse(""))) {
      throw ScimProblem.MUTABILITY
          .because("The attribute active cannot be removed. Replace it.")
          .toException();
    }
    return op.equals("remove") ? Optional.empty() : active.map(RequestedActive::flag);
  }

  private static Optional<JsonNode> value(String path, Optional<JsonNode> value) {
    if (!isActive(path)) {
      return Optional.empty();
    }
    return Optional.of(
        value.orElseThrow(
            ScimProblem.INVALID_VALUE.because("The operation on active has no value.")
                ::toException));
  }

  private static boolean isActive(String path) {
    return name(path).equals(ACTIVE);
  }

  /** Without the schema, which a client may write in front of the attribute. */
  private static String name(String attribute) {
    String lower = attribute.toLowerCase(Locale.ROOT);
    return lower.startsWith(USER) ? lower.substring(USER.length()) : lower;
  }

  /** Entra ID sends booleans as texts. */
  private static boolean flag(JsonNode value) {
    String text = value.isBoolean() || value.isTextual() ? value.asText() : "";
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw ScimProblem.INVALID_VALUE.because("active must be true or false.").toException();
    };
  }

  private static boolean hasSchema(JsonNode patch) {
    for (JsonNode schema : only(patch, "schemas").orElse(MissingNode.getInstance())) {
      if (AsciiCase.equal(schema.asText(), PATCH)) {
        return true;
      }
    }
    return false;
  }

  private static JsonNode object(@Nullable JsonNode node) {
    if (node == null || !node.isObject()) {
      throw ScimProblem.INVALID_SYNTAX
          .because("The body is not the expected object.")
          .toException();
    }
    return node;
  }

  /** The attribute of an object. Two that differ in the case only would be ambiguous. */
  private static Optional<JsonNode> only(JsonNode object, String attribute) {
    List<JsonNode> found = new ArrayList<>();
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      if (name(field.getKey()).equals(attribute)) {
        found.add(field.getValue());
      }
    }
    if (found.size() > 1) {
      throw ScimProblem.INVALID_SYNTAX
          .because("The attribute " + attribute + " occurs more than once.")
          .toException();
    }
    return found.stream().findFirst();
  }
}
