package dev.osmo.local.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.function.Executable;

/** Opens the web page of the running stack in Chromium: anew, and for a new user in each check. */
record WebPageVisits(RunningStack stack, Path folder) {

  /** What a person does on the page. */
  interface Check {
    void run(WebPage page, Visitor visitor) throws Exception;
  }

  /** A user of one check, with a token for signing in. */
  record Visitor(String id, String token) {}

  DynamicTest check(String name, Check check) {
    Executable run =
        () -> {
          assumeTrue(Chromium.isInstalled(), "SKIPPED: chromium is not installed");
          Visitor visitor = newVisitor();
          try (Chromium browser =
              Chromium.start(folder.resolve(".chromium-" + UUID.randomUUID()))) {
            browser.show(1280, 900, "light");
            check.run(new WebPage(browser, url()).open(), visitor);
          }
        };
    return dynamicTest("web page: " + name, run);
  }

  String url() {
    return stack.url();
  }

  Http admin() throws IOException, InterruptedException {
    return Http.as(stack.url(), stack.file("admin-token"));
  }

  String adminToken() throws IOException {
    return Files.readString(stack.file("admin-token")).strip();
  }

  static String own(String token) {
    return "/api/auth/access_token/" + token;
  }

  static String user(Visitor visitor) {
    return "/api/auth/user/" + encoded(visitor.id());
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private Visitor newVisitor() throws Exception {
    String id = "page-" + UUID.randomUUID().toString().substring(0, 8) + "@example.com";
    JsonObject body =
        new JsonObject()
            .put("id", id)
            .put("roles", new JsonArray(List.of("osmo-user", "osmo-ml-team")));
    assertThat(admin().post("/api/auth/user", body).status()).isEqualTo(200);
    String path = "/api/auth/user/" + encoded(id) + "/access_token/start";
    return new Visitor(id, admin().postEmpty(path).text());
  }
}
