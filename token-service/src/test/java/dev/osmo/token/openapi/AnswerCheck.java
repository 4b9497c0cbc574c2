package dev.osmo.token.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import dev.osmo.token.testing.Request.Answer;
import java.util.Set;

/** Holds real answers against the document: the status, the content type, and every field. */
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

  void check(Operation operation, Answer given) {
    JsonNode answer = document.answer(operation, given.status());
    assertThat(answer.isMissingNode())
        .as("%s answers %d, which is not documented", operation, given.status())
        .isFalse();
    String type = given.contentType();
    JsonNode content = answer.path("content").path(type);
    assertThat(content.isMissingNode())
        .as("%s answers %s, which is not documented", operation, type)
        .isFalse();
    if (!type.equals("text/plain")) {
      assertThat(errors(content.path("schema"), given.body()))
          .as("%s %d %s", operation, given.status(), given.body())
          .isEmpty();
    }
  }

  Set<ValidationMessage> errors(JsonNode schema, String body) {
    ObjectNode whole = schema.deepCopy();
    whole.set("components", components);
    try {
      return FACTORY.getSchema(whole, WITH_FORMATS).validate(JSON.readTree(body));
    } catch (java.io.IOException e) {
      throw new IllegalStateException("this is no JSON: " + body, e);
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
