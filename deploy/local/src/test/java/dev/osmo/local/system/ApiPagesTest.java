package dev.osmo.local.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages of the API match the OpenAPI documents, which match the services. */
class ApiPagesTest {
  private static final Path DOCS = RunningStack.HOME.resolve("src-docs");

  @ParameterizedTest
  @ValueSource(strings = {"token-service", "auth-exchange-service"})
  void a_page_shows_every_route_and_type(String service) throws IOException {
    JsonObject document =
        new JsonObject(Files.readString(DOCS.resolve("contracts/openapi-" + service + ".json")));
    Path page = DOCS.resolve("user/api-" + service + ".rst");
    String now = new ApiPages(service, document).page();
    if (Boolean.getBoolean("osmo.refresh")) {
      Files.writeString(page, now);
    }

    assertThat(Files.exists(page) ? Files.readString(page) : "")
        .as(
            """
            %s does not match the OpenAPI document. Regenerate it and check the difference:
            ./mvnw -pl deploy/local -am test -Dtest=ApiPagesTest -Dosmo.refresh=true \\
              -Dsurefire.failIfNoSpecifiedTests=false
            """,
            page)
        .isEqualTo(now);
    assertThat(document.getString("openapi")).isEqualTo("3.1.0");
    document
        .getJsonObject("paths")
        .forEach(path -> assertThat(now).contains(" " + path.getKey() + "``"));
  }
}
