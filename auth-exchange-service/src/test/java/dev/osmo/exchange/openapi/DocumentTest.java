package dev.osmo.exchange.openapi;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.osmo.exchange.testing.ExchangeStack;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.builder.ResponseBuilder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ExchangeStack.class)
class DocumentTest {

  private static final Operation LOGIN = Operation.get("/api/auth/login");
  private static final String NOTHING_CONFIGURED =
      """
      {"device_endpoint":null,"device_client_id":null,"browser_endpoint":null,"browser_client_id":null,\
      "token_endpoint":null,"logout_endpoint":null}""";

  @TestHTTPResource(management = true)
  URI management;

  @Test
  void the_stored_copy_is_what_is_served() throws IOException {
    Document served = Document.served(management);
    Path now = Path.of("target", Document.STORED.getFileName().toString());
    Files.writeString(now, served.pretty());

    assertThat(Document.stored())
        .as("When the change is meant: cp auth-exchange-service/%s src-docs/contracts/", now)
        .isEqualTo(served);
  }

  @Test
  void it_is_openapi_3_1_and_every_operation_says_what_it_does() {
    Document document = Document.served(management);

    assertThat(document.root().path("openapi").asText()).startsWith("3.1.");
    assertThat(document.operations())
        .isNotEmpty()
        .allMatch(operation -> document.of(operation).path("summary").asText().endsWith("."));
  }

  @Test
  void the_public_port_serves_neither_the_document_nor_a_page() {
    for (String path : List.of("/q/openapi", "/openapi", "/q/swagger-ui", "/q/swagger-ui/")) {
      assertThat(given().get(path).statusCode()).as(path).isEqualTo(404);
    }
    assertThat(
            given().get("http://%s/q/swagger-ui".formatted(management.getAuthority())).statusCode())
        .isEqualTo(404);
  }

  /** The check of the other tests, with answers that are none of ours. */
  @Test
  void an_answer_that_is_not_documented_is_noticed() {
    AnswerCheck check = new AnswerCheck(Document.served(management));
    check.check(LOGIN, answer(200, "application/json", NOTHING_CONFIGURED).build());

    refused(check, answer(204, "application/json", NOTHING_CONFIGURED));
    refused(check, answer(200, "text/html", NOTHING_CONFIGURED));
    refused(check, answer(200, "application/json", NOTHING_CONFIGURED.replace("{", "{\"x\":1,")));
    refused(check, answer(200, "application/json", NOTHING_CONFIGURED.replace("token_", "")));
    refused(check, answer(200, "application/json", NOTHING_CONFIGURED.replace("null}", "5}")));
    refused(check, answer(500, "application/problem+json", "{\"type\":\"about:blank\"}"));
    refused(check, answer(304, "application/json", "").setHeader("Cache-Control", "x"));
  }

  private static void refused(AnswerCheck check, ResponseBuilder answer) {
    assertThatThrownBy(() -> check.check(LOGIN, answer.build())).isInstanceOf(AssertionError.class);
  }

  private static ResponseBuilder answer(int status, String type, String body) {
    return new ResponseBuilder().setStatusCode(status).setContentType(type).setBody(body);
  }
}
