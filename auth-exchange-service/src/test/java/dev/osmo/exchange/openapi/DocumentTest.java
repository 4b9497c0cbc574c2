package dev.osmo.exchange.openapi;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.osmo.exchange.testing.ExchangeStack;
import dev.osmo.testkit.contracts.Contracts;
import dev.osmo.testkit.openapi.Document;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

@QuarkusTest
@QuarkusTestResource(ExchangeStack.class)
class DocumentTest {

  private static final Path STORED = Contracts.file("openapi-auth-exchange-service.json");

  @TestHTTPResource(management = true)
  URI management;

  @Test
  void the_stored_copy_is_what_is_served() throws IOException {
    Document served = Document.served(management);
    Path now = Path.of("target", STORED.getFileName().toString());
    Files.writeString(now, served.pretty());

    assertThat(Document.stored(STORED))
        .as("When the change is meant: cp auth-exchange-service/%s src-docs/contracts/", now)
        .isEqualTo(served);
  }

  @Test
  void it_is_openapi_3_1() {
    assertThat(Document.served(management).root().path("openapi").asText()).startsWith("3.1.");
  }

  @TestFactory
  Stream<DynamicTest> every_operation_has_a_sentence_that_says_what_it_does() {
    Document document = Document.served(management);
    return document.operations().stream()
        .map(
            operation ->
                dynamicTest(
                    operation.toString(),
                    () ->
                        assertThat(document.of(operation).path("summary").asText()).endsWith(".")));
  }

  @Test
  void the_public_port_serves_neither_the_document_nor_a_user_interface() {
    for (String path : List.of("/q/openapi", "/openapi", "/q/swagger-ui", "/q/swagger-ui/")) {
      assertThat(given().get(path).statusCode()).as(path).isEqualTo(404);
    }
    assertThat(
            given().get("http://%s/q/swagger-ui".formatted(management.getAuthority())).statusCode())
        .isEqualTo(404);
  }
}
