package dev.osmo.testkit.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.osmo.testkit.http.RecordedResponse;
import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResponseCheckTest {

  private static final Operation VERSION = Operation.of("GET /version");
  private static final String JSON = "application/json";
  private static final Document DOCUMENT =
      Document.parse(
          """
          {
            "paths": {"/version": {"get": {"responses": {
              "200": {
                "headers": {"ETag": {"$ref": "#/components/headers/Version"}},
                "content": {
                  "application/json": {"schema": {"$ref": "#/components/schemas/Version"}},
                  "text/plain": {"schema": {"type": "string"}}
                }
              },
              "304": {"$ref": "#/components/responses/Unchanged"}
            }}}},
            "components": {
              "headers": {"Version": {"schema": {"type": "string", "pattern": "^\\"\\\\d\\"$"}}},
              "responses": {"Unchanged": {}},
              "schemas": {"Version": {
                "type": "object",
                "required": ["major"],
                "properties": {"major": {"type": "string"}}
              }}
            }
          }
          """);

  private final ResponseCheck check = new ResponseCheck(DOCUMENT);

  @Test
  void operations_and_statuses_come_from_the_document() {
    assertThat(DOCUMENT.operations()).containsExactly(VERSION);
    assertThat(DOCUMENT.statuses(VERSION)).containsExactly(200, 304);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "200 | \"1\" | application/json; charset=utf-8 | {\"major\":\"1\"}",
        "200 | \"1\" | text/plain                      | 1",
        "304 | \"1\" | application/json                | ''",
      },
      quoteCharacter = '\'')
  void a_documented_answer_passes(int status, String version, String type, String body) {
    assertThatCode(() -> check.check(VERSION, answer(status, version, type, body)))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "204 | \"1\" | application/json | {\"major\":\"1\"}",
        "200 | x     | application/json | {\"major\":\"1\"}",
        "200 | \"1\" | text/html        | {\"major\":\"1\"}",
        "200 | \"1\" | application/json | {\"major\":1}",
        "200 | \"1\" | application/json | {\"major\":\"1\",\"more\":1}",
        "200 | \"1\" | application/json | {\"minor\":\"1\"}",
        "200 | \"1\" | application/json | {\"major\":",
        "304 | \"1\" | application/json | {\"major\":\"1\"}",
      },
      quoteCharacter = '\'')
  void any_other_answer_fails(int status, String version, String type, String body) {
    assertThatThrownBy(() -> check.check(VERSION, answer(status, version, type, body)))
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void an_answer_without_a_documented_header_fails() {
    RecordedResponse answer =
        RecordedResponse.of(200, Map.of("Content-Type", JSON), "{\"major\":\"1\"}");

    assertThatThrownBy(() -> check.check(VERSION, answer))
        .hasMessageContaining("must have ETag once");
  }

  @Test
  void an_answer_with_a_repeated_header_fails() {
    HttpHeaders headers =
        HttpHeaders.of(
            Map.of("Content-Type", List.of(JSON), "ETag", List.of("\"1\"", "\"2\"")),
            (name, value) -> true);
    RecordedResponse answer = new RecordedResponse(200, headers, "{\"major\":\"1\"}");

    assertThatThrownBy(() -> check.check(VERSION, answer))
        .hasMessageContaining("must have ETag once");
  }

  private static RecordedResponse answer(int status, String version, String type, String body) {
    return RecordedResponse.of(status, Map.of("Content-Type", type, "ETag", version), body);
  }
}
