package dev.osmo.exchange.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import io.restassured.response.Response;
import java.util.Set;

/** Holds real answers against the document: status, headers, content type, and every field. */
final class AnswerCheck {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonSchemaFactory FACTORY =
      JsonSchemaFactory.getInstance(VersionFlag.V202012);
  private static final SchemaValidatorsConfig WITH_FORMATS =
      SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();

  private final Document document;
  private final JsonNode components;

  AnswerCheck(Document document) {
    this.document = document;
    this.components = strict(document.root().path("components").deepCopy());
  }

  void check(Operation operation, Response response) {
    String where = "%s %d %s".formatted(operation, response.statusCode(), response.asString());
    JsonNode answer = document.answer(operation, response.statusCode());
    assertThat(answer.isMissingNode()).as(where + " is not documented").isFalse();
    answer
        .path("headers")
        .properties()
        .forEach(header -> checkHeader(header.getKey(), header.getValue(), response, where));
    if (answer.path("content").isMissingNode()) {
      assertThat(response.asString()).as(where).isEmpty();
      return;
    }
    String type = response.contentType().split(";", 2)[0];
    JsonNode content = answer.path("content").path(type);
    assertThat(content.isMissingNode()).as(where + " as " + type).isFalse();
    assertThat(errors(content.path("schema"), parsed(response.asString()))).as(where).isEmpty();
  }

  private void checkHeader(String name, JsonNode header, Response response, String where) {
    String value = response.header(name);
    assertThat(value).as(where + " lacks " + name).isNotNull();
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
    } catch (java.io.IOException e) {
      throw new AssertionError("this is no JSON: " + body, e);
    }
  }

  /** Clients must bear new fields; here, a field that is not documented is a mistake. */
  private static JsonNode strict(JsonNode components) {
    components
        .path("schemas")
        .forEach(
            schema -> {
              if (schema.has("properties") && !schema.has("additionalProperties")) {
                ((ObjectNode) schema).put("additionalProperties", false);
              }
            });
    return components;
  }
}
