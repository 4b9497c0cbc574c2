package dev.osmo.testkit.openapi;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.restassured.response.Response;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What holds for the OpenAPI document of a service, and for the methods of its addresses. */
public interface DocumentContract {

  List<String> METHODS = List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "PROPFIND");

  /** The copy in {@code src-docs/contracts}. */
  Path stored();

  /** The address of the management port. */
  URI management();

  @Test
  default void the_stored_copy_is_what_is_served() throws IOException {
    Document served = Document.served(management());
    Path now = Path.of("target", stored().getFileName().toString());
    Files.writeString(now, served.pretty());

    assertThat(Document.stored(stored()))
        .as("When the change is meant: cp %s %s", now.toAbsolutePath(), stored())
        .isEqualTo(served);
  }

  @Test
  default void it_is_openapi_3_1() {
    assertThat(Document.served(management()).root().path("openapi").asText()).startsWith("3.1.");
  }

  @TestFactory
  default Stream<DynamicTest> every_operation_has_a_sentence_that_says_what_it_does() {
    Document document = Document.served(management());
    return document.operations().stream()
        .map(
            operation ->
                dynamicTest(
                    operation.toString(),
                    () ->
                        assertThat(document.of(operation).path("summary").asText()).endsWith(".")));
  }

  @Test
  default void the_public_port_serves_neither_the_document_nor_a_user_interface() {
    for (String path : List.of("/q/openapi", "/openapi", "/q/swagger-ui", "/q/swagger-ui/")) {
      assertThat(given().get(path).statusCode()).as(path).isEqualTo(404);
    }
    assertThat(given().get(management().resolve("/q/swagger-ui")).statusCode()).isEqualTo(404);
  }

  /** RFC 9110, section 15.5.6. */
  @TestFactory
  default Stream<DynamicTest> another_method_is_refused_with_the_allowed_ones() {
    return methodsByPath().entrySet().stream()
        .flatMap(
            entry ->
                METHODS.stream()
                    .filter(method -> !entry.getValue().contains(method))
                    .map(
                        method ->
                            dynamicTest(
                                method + " " + entry.getKey(),
                                () -> refuses(method, entry.getKey(), entry.getValue()))));
  }

  private static void refuses(String method, String path, Set<String> allowed) {
    Response response = given().request(method, filled(path));

    assertThat(response.statusCode()).as(response.asString()).isEqualTo(405);
    assertThat(response.header("Allow")).isEqualTo(String.join(", ", allowed));
  }

  /** RFC 9110, section 9.3.7. */
  @TestFactory
  default Stream<DynamicTest> options_names_the_methods_of_the_address() {
    return methodsByPath().entrySet().stream()
        .map(entry -> dynamicTest(entry.getKey(), () -> allows(entry.getKey(), entry.getValue())));
  }

  private static void allows(String path, Set<String> methods) {
    Response response = given().options(filled(path));

    assertThat(response.statusCode()).as(response.asString()).isEqualTo(204);
    assertThat(response.header("Allow")).isEqualTo(String.join(", ", methods));
  }

  @Test
  default void options_of_an_unknown_address_is_not_found() {
    for (String path : List.of("/nothing", "/api/auth", "/api/auth/nothing/at/all")) {
      assertThat(given().options(path).statusCode()).as(path).isEqualTo(404);
    }
  }

  /** The documented methods of each path, HEAD and OPTIONS. */
  private SortedMap<String, SortedSet<String>> methodsByPath() {
    SortedMap<String, SortedSet<String>> methods = new TreeMap<>();
    for (Operation operation : Document.served(management()).operations()) {
      SortedSet<String> here =
          methods.computeIfAbsent(operation.path(), path -> new TreeSet<>(Set.of("OPTIONS")));
      here.add(operation.method());
      if (operation.method().equals("GET")) {
        here.add("HEAD");
      }
    }
    return methods;
  }

  private static String filled(String path) {
    return path.replaceAll("\\{[^}]*}", "x");
  }
}
