package dev.osmo.token.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.osmo.testkit.http.RecordedResponse;
import dev.osmo.testkit.openapi.Document;
import dev.osmo.testkit.openapi.Operation;
import dev.osmo.testkit.openapi.ResponseCheck;
import dev.osmo.token.testing.People;
import dev.osmo.token.testing.People.Person;
import dev.osmo.token.testing.Request;
import dev.osmo.token.testing.Rows;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** Every route that accepts a body refuses other bodies. */
@QuarkusTest
@Tag("I9")
class UnreadableRequestsTest {

  @TestHTTPResource(value = "", management = true)
  URI management;

  /** A value of the wrong type, by the documented type. */
  private static final Map<String, String> WRONG =
      Map.of("string", "5", "boolean", "1", "array", "[5]");

  private Document document;

  private final Person administrator = People.administrator();

  @TestFactory
  Stream<DynamicTest> an_undocumented_body_is_refused_and_changes_nothing() {
    document = Document.served(management);
    ResponseCheck answers = new ResponseCheck(document);
    return document.operations().stream()
        .filter(operation -> document.of(operation).has("requestBody"))
        .map(
            operation ->
                DynamicTest.dynamicTest(operation.toString(), () -> check(operation, answers)));
  }

  private void check(Operation operation, ResponseCheck answers) {
    Rows before = Rows.now();
    refused(operation, answers, "application/json", "{", 400);
    refused(operation, answers, "application/json", "[]", 400);
    refused(operation, answers, "application/json", "\"text\"", 400);
    refused(operation, answers, "application/json", "{\"no_such_field\":1}", 400);
    refused(operation, answers, "text/plain", "{}", 415);
    refused(operation, answers, "application/x-www-form-urlencoded", "a=b", 415);
    refused(operation, answers, "application/json", "{} {}", 400);
    for (String body : bodiesWithAFieldOfTheWrongKind(operation)) {
      refused(operation, answers, "application/json", body, 400);
    }
    assertThat(before.changes()).isEmpty();
  }

  /** Each field twice, and each field with a value of a similar type. */
  private List<String> bodiesWithAFieldOfTheWrongKind(Operation operation) {
    List<String> bodies = new ArrayList<>();
    resolved(document.of(operation).at("/requestBody/content/application~1json/schema"))
        .path("properties")
        .properties()
        .forEach(
            field -> {
              bodies.add("{\"%1$s\": null, \"%1$s\": null}".formatted(field.getKey()));
              String wrong = WRONG.get(resolved(field.getValue()).path("type").asText());
              if (wrong != null) {
                bodies.add("{\"%s\": %s}".formatted(field.getKey(), wrong));
              }
            });
    assertThat(bodies).isNotEmpty();
    return bodies;
  }

  private JsonNode resolved(JsonNode schema) {
    String ref = schema.path("$ref").asText("");
    return ref.isEmpty() ? schema : document.root().at(ref.substring(1));
  }

  private void refused(
      Operation operation, ResponseCheck answers, String type, String body, int status) {
    String address = operation.path().replaceAll("\\{[^}]*}", "osmo-user");
    RecordedResponse answer =
        Request.of(operation.method(), address)
            .as(administrator)
            .json(body)
            .header("Content-Type", type)
            .header("X-Forwarded-For", UUID.randomUUID().toString())
            .send();
    assertThat(answer.status())
        .as("%s %s %s %s", operation, type, body, answer.body())
        .isEqualTo(status);
    answers.check(operation, answer);
  }
}
