package dev.osmo.testkit.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import dev.osmo.testkit.http.RecordedResponse;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/**
 * Compares responses with the document: status, headers, content type, and every field. Every
 * documented header must be present once. A field that is not documented is an error here, although
 * clients must ignore it.
 */
public final class ResponseCheck {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonSchemaFactory FACTORY =
      JsonSchemaFactory.getInstance(VersionFlag.V202012);
  private static final SchemaValidatorsConfig WITH_FORMATS =
      SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();

  private final Document document;
  private final JsonNode components;

  public ResponseCheck(Document document) {
    this.document = document;
    this.components = strict(document.root().path("components").deepCopy());
  }

  /**
   * Compares one response with the document.
   *
   * @throws AssertionError if they differ
   */
  public void check(Operation operation, RecordedResponse response) {
    String where = "%s %d %s".formatted(operation, response.status(), response.body());
    JsonNode documented = document.response(operation, response.status());
    assertThat(documented.isMissingNode()).as("%s is not documented", where).isFalse();
    documented
        .path("headers")
        .properties()
        .forEach(header -> checkHeader(header.getKey(), header.getValue(), response, where));
    if (documented.path("content").isMissingNode()) {
      assertThat(response.body()).as("%s must have no body", where).isEmpty();
      return;
    }
    String type = response.contentType();
    JsonNode content = documented.path("content").path(type);
    assertThat(content.isMissingNode()).as("%s as %s is not documented", where, type).isFalse();
    if (!type.equals("text/plain")) {
      assertThat(errors(content.path("schema"), parsed(response.body()))).as(where).isEmpty();
    }
  }

  private void checkHeader(String name, JsonNode header, RecordedResponse response, String where) {
    List<String> values = response.headers().allValues(name);
    assertThat(values).as("%s must have %s once", where, name).hasSize(1);
    String value = values.getFirst();
    assertThat(errors(document.resolved(header).path("schema"), TextNode.valueOf(value)))
        .as("%s %s: %s", where, name, value)
        .isEmpty();
  }

  private Set<ValidationMessage> errors(JsonNode schema, JsonNode value) {
    ObjectNode whole = schema.deepCopy();
    whole.set("components", components);
    return FACTORY.getSchema(whole, WITH_FORMATS).validate(value);
  }

  private static JsonNode parsed(String body) {
    try {
      return JSON.readTree(body);
    } catch (IOException e) {
      throw new AssertionError("not JSON: " + body, e);
    }
  }

  private static JsonNode strict(JsonNode components) {
    for (JsonNode schema : components.path("schemas")) {
      if (schema.has("properties") && !schema.has("additionalProperties")) {
        ((ObjectNode) schema).put("additionalProperties", false);
      }
    }
    return components;
  }
}
