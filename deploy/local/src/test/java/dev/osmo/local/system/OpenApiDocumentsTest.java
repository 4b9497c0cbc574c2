package dev.osmo.local.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The OpenAPI documents, read by libraries that nobody here wrote. */
class OpenApiDocumentsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final SchemaValidatorsConfig WITH_FORMATS =
      SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();

  @ParameterizedTest
  @ValueSource(strings = {"token-service", "auth-exchange-service"})
  void a_document_is_valid_openapi_3_1(String service) throws IOException {
    ObjectNode document = document(service);

    SwaggerParseResult read = read(document);

    assertThat(read.getMessages()).isEmpty();
    assertThat(read.isOpenapi31()).isTrue();
    assertThat(read.getOpenAPI().getPaths()).hasSameSizeAs(document.path("paths"));
  }

  @Test
  void a_fault_is_found() throws IOException {
    ObjectNode without = document("token-service");
    ((ObjectNode) without.path("info")).remove("title");
    assertThat(read(without).getMessages()).anyMatch(fault -> fault.contains("info.title"));

    ObjectNode misspelled = document("token-service");
    ((ObjectNode) misspelled.path("paths").elements().next().elements().next()).put("summry", "x");
    assertThat(read(misspelled).getMessages()).anyMatch(fault -> fault.contains("summry"));

    ObjectNode wrong = document("token-service");
    wrong.put("servers", "here");
    assertThat(read(wrong).getMessages()).anyMatch(fault -> fault.contains("servers"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"token-service", "auth-exchange-service"})
  void every_example_is_valid_for_its_schema(String service) throws IOException {
    ObjectNode document = document(service);
    List<JsonNode> examples = new ArrayList<>();

    for (JsonNode schema : document.findParents("examples")) {
      for (JsonNode example : schema.path("examples")) {
        assertThat(faults(schema, document, example)).as("%s in %s", example, schema).isEmpty();
        examples.add(example);
      }
    }

    assertThat(examples).isNotEmpty();
    assertThat(document.findParents("example")).as("deprecated in OpenAPI 3.1").isEmpty();
  }

  private static Set<ValidationMessage> faults(
      JsonNode schema, ObjectNode document, JsonNode example) {
    ObjectNode whole = schema.deepCopy();
    whole.set("components", document.path("components"));
    return JsonSchemaFactory.getInstance(VersionFlag.V202012)
        .getSchema(whole, WITH_FORMATS)
        .validate(example);
  }

  private static SwaggerParseResult read(ObjectNode document) {
    return new OpenAPIV3Parser().readContents(document.toString(), null, new ParseOptions());
  }

  private static ObjectNode document(String service) throws IOException {
    return (ObjectNode)
        JSON.readTree(
            RunningStack.HOME.resolve("src-docs/contracts/openapi-" + service + ".json").toFile());
  }
}
