package dev.osmo.token.openapi;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.osmo.testkit.contracts.Contracts;
import dev.osmo.testkit.openapi.Document;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

@QuarkusTest
class DocumentTest {

  private static final Path STORED = Contracts.file("openapi-token-service.json");

  @TestHTTPResource(value = "", management = true)
  URI management;

  @Test
  void the_stored_copy_is_what_is_served() throws IOException {
    Document served = Document.served(management);
    Path now = Files.writeString(Path.of("target", "openapi-token-service.json"), served.pretty());

    assertThat(Document.stored(STORED))
        .as(
            "src-docs/contracts/openapi-token-service.json differs from the routes. When the change is meant: "
                + "cp token-service/%s src-docs/contracts/",
            now)
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
    for (String path : new String[] {"/q/openapi", "/openapi", "/q/swagger-ui", "/q/swagger-ui/"}) {
      given().get(path).then().statusCode(404);
    }
    assertThat(given().get(management.resolve("/q/swagger-ui")).statusCode()).isEqualTo(404);
  }
}
