package dev.osmo.cli.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** A Secret as it was read. A change is only accepted while nobody else has changed it. */
public final class SecretState {
  private final SecretName name;
  private final ObjectNode json;

  SecretState(SecretName name, ObjectNode json) {
    this.name = name;
    this.json = json.deepCopy();
  }

  /** The value of the key, without white space around it; empty if there is none. */
  public String value() {
    try {
      byte[] bytes = Base64.getDecoder().decode(json.path("data").path(name.key()).asText());
      return new String(bytes, StandardCharsets.UTF_8).strip();
    } catch (IllegalArgumentException notBase64) {
      return "";
    }
  }

  public Optional<String> annotation(String key) {
    return Optional.of(json.path("metadata").path("annotations").path(key))
        .filter(JsonNode::isTextual)
        .map(JsonNode::textValue);
  }

  public SecretState withValue(String value) {
    SecretState changed = new SecretState(name, json);
    String encoded = Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8));
    object(changed.json, "data").put(name.key(), encoded);
    return changed;
  }

  public SecretState withAnnotation(String key, String value) {
    SecretState changed = new SecretState(name, json);
    object(object(changed.json, "metadata"), "annotations").put(key, value);
    return changed;
  }

  public SecretState withoutAnnotation(String key) {
    SecretState changed = new SecretState(name, json);
    JsonNode unused = object(object(changed.json, "metadata"), "annotations").remove(key);
    return changed;
  }

  private static ObjectNode object(ObjectNode parent, String member) {
    return parent.path(member) instanceof ObjectNode object ? object : parent.putObject(member);
  }

  ObjectNode json() {
    return json;
  }

  @Override
  public String toString() {
    return "SecretState[" + name + ", ***]";
  }
}
