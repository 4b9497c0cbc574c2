package dev.osmo.token.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.osmo.token.testing.People;
import dev.osmo.token.testing.People.Person;
import dev.osmo.token.testing.Request;
import dev.osmo.token.testing.Request.Answer;
import dev.osmo.token.testing.Rows;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** Every route that takes a body, given something else. */
@QuarkusTest
@Tag("I9")
class UnreadableRequestsTest {

  @TestHTTPResource(value = "", management = true)
  URI management;

  private final Person administrator = People.administrator();

  @TestFactory
  Stream<DynamicTest> a_body_that_is_not_the_documented_one_changes_nothing() {
    Document document = Document.served(management);
    AnswerCheck answers = new AnswerCheck(document);
    return document.operations().stream()
        .filter(operation -> document.of(operation).has("requestBody"))
        .map(
            operation ->
                DynamicTest.dynamicTest(operation.toString(), () -> check(operation, answers)));
  }

  private void check(Operation operation, AnswerCheck answers) {
    Rows before = Rows.now();
    refused(operation, answers, "application/json", "{", 400);
    refused(operation, answers, "application/json", "[]", 400);
    refused(operation, answers, "application/json", "\"text\"", 400);
    refused(operation, answers, "application/json", "{\"no_such_field\":1}", 400);
    refused(operation, answers, "text/plain", "{}", 415);
    refused(operation, answers, "application/x-www-form-urlencoded", "a=b", 415);
    assertThat(before.changes()).isEmpty();
  }

  private void refused(
      Operation operation, AnswerCheck answers, String type, String body, int status) {
    String address = operation.path().replaceAll("\\{[^}]*}", "osmo-user");
    Answer answer =
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
