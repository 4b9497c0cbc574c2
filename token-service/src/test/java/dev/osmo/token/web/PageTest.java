package dev.osmo.token.web;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.equalTo;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.osmo.http.problem.ProblemType;
import dev.osmo.http.problem.RefusedException;
import dev.osmo.token.problem.TokenProblem;
import dev.osmo.token.web.PageFiles.PageFile;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.ws.rs.core.Request;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files of the web page. What the page does, a test of the whole system does in a browser. */
@QuarkusTest
class PageTest {

  private static final Pattern ADDRESS = Pattern.compile("(?:href|src)=\"([^\"]+)\"");
  private static final Pattern IMPORT = Pattern.compile("from \"\\./([^\"]+)\"");

  @ParameterizedTest
  @ValueSource(strings = {"/", "/ui/signed-in", "/ui/signed-in?code=c&state=s"})
  void the_document_has_strict_headers(String address) {
    Response answer = given().get(address);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.contentType()).isEqualToIgnoringCase("text/html; charset=utf-8");
    assertThat(answer.headers().getValues("Content-Security-Policy"))
        .singleElement()
        .asString()
        .startsWith("default-src 'none';")
        .contains("script-src 'self';", "frame-ancestors 'none'", "trusted-types 'none'")
        .doesNotContain("unsafe", "http", "*", "data:");
    assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
    assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(answer.header("Cross-Origin-Opener-Policy")).isEqualTo("same-origin");
    assertThat(answer.headers().getValues("Cache-Control")).containsExactly("no-cache");
    assertThat(answer.asString()).doesNotContain("<style", "style=", "onclick", "//");
  }

  @Test
  @Tag("I1")
  void only_a_code_is_accepted_in_a_url_and_only_where_the_provider_sends_it() {
    for (String address :
        List.of(
            "/?code=c",
            "/ui/signed-in/?code=c",
            "/ui/signed-in?code=c&access_token=x",
            "/ui/signed-in?code=osmo_" + "0".repeat(34))) {
      given()
          .get(address)
          .then()
          .statusCode(400)
          .body("type", equalTo("urn:osmo:problem:secret-in-url"));
    }
  }

  @Test
  void a_browser_with_the_current_document_gets_no_body() {
    String tag = given().get("/").header("ETag");

    given().header("If-None-Match", tag).get("/").then().statusCode(304);
    given().header("If-None-Match", "\"other\"").get("/").then().statusCode(200);
  }

  @Test
  void every_file_of_the_document_and_of_its_modules_is_kept_for_good() {
    List<String> addresses =
        ADDRESS
            .matcher(given().get("/").asString())
            .results()
            .map(found -> found.group(1))
            .toList();

    assertThat(addresses).hasSize(4).endsWith("/ui/start.js");
    addresses.subList(0, 3).forEach(PageTest::isKeptForGood);
  }

  @Test
  void every_error_response_links_to_its_section_of_the_page_of_problems() {
    String link = given().get("/no-such-address").then().statusCode(404).extract().header("Link");
    assertThat(link).isEqualTo("</ui/problems#not-found>; rel=\"help\"");

    Response page = given().get("/ui/problems");

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.contentType()).startsWith("text/html;");
    assertThat(page.header("Content-Security-Policy")).startsWith("default-src 'none';");
    assertThat(TokenProblem.CATALOGUE)
        .allSatisfy(
            problem -> assertThat(page.asString()).contains("id=\"" + problem.typeName() + "\""));
  }

  @Test
  void no_problem_links_to_a_section_that_does_not_exist() {
    String page = given().get("/ui/problems").asString();
    List<ProblemType> all =
        new ClassFileImporter()
            .importPackages("dev.osmo").stream()
                .filter(type -> type.isEnum() && type.isAssignableTo(ProblemType.class))
                .flatMap(type -> Stream.of(type.reflect().getEnumConstants()))
                .map(ProblemType.class::cast)
                .toList();

    assertThat(all).hasSizeGreaterThan(TokenProblem.CATALOGUE.size());
    assertThat(all)
        .allSatisfy(
            problem ->
                problem
                    .help()
                    .ifPresent(
                        link ->
                            assertThat(page)
                                .contains("id=\"" + link.replaceAll(".*#|>.*", "") + "\"")));
  }

  /** During an update, a document of another version asks for it, too. */
  @Test
  void the_script_that_starts_the_page_has_an_address_without_a_version() {
    Response answer = given().get("/ui/start.js");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.contentType()).startsWith("text/javascript;");
    assertThat(answer.headers().getValues("Cache-Control")).containsExactly("no-cache");
    given()
        .header("If-None-Match", answer.header("ETag"))
        .get("/ui/start.js")
        .then()
        .statusCode(304);
  }

  private static void isKeptForGood(String address) {
    Response answer = given().get(address);
    assertThat(answer.statusCode()).as(address).isEqualTo(200);
    assertThat(answer.headers().getValues("Cache-Control"))
        .containsExactly("public, max-age=31536000, immutable");
    assertThat(answer.contentType()).matches("(text/(css|javascript);.*|image/svg\\+xml.*)");
    assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
    if (address.endsWith(".js")) {
      imports(answer.asString(), address);
    }
  }

  private static void imports(String module, String address) {
    Matcher found = IMPORT.matcher(module);
    while (found.find()) {
      String imported = address.replaceAll("[^/]+$", found.group(1));
      given().get(imported).then().statusCode(200);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/ui",
        "/ui/",
        "/ui/main.js",
        "/ui/0123456789abcdef/main.js",
        "/ui/%s/index.html",
        "/ui/%s/none.js",
        "/ui/%s/..%%2fapplication.properties",
        "/index.html",
        "/web/main.js"
      })
  void nothing_else_is_served(String address) {
    String version = version();

    given().urlEncodingEnabled(false).get(address.formatted(version)).then().statusCode(404);
  }

  private static String version() {
    return given().get("/").header("ETag").replace("\"", "");
  }

  @Test
  void the_modules_neither_parse_html_nor_evaluate_text_nor_store_credentials() {
    PageFiles files = new PageFiles();

    Stream<PageFile> modules =
        PageFiles.NAMES.stream()
            .filter(name -> name.endsWith(".js"))
            .map(name -> files.find(files.version(), name).orElseThrow());
    assertThat(Stream.concat(modules, Stream.of(files.starter())))
        .allSatisfy(
            module ->
                assertThat(module.content())
                    .doesNotContain(
                        "innerHTML",
                        "outerHTML",
                        "insertAdjacentHTML",
                        "document.write",
                        "eval(",
                        "new Function",
                        "localStorage",
                        "document.cookie",
                        "http://",
                        "https://"));
  }

  @Test
  void a_page_that_is_turned_off_does_not_exist() {
    PageFiles files = new PageFiles();
    PageResource off = new PageResource(files, false);

    assertThat(new PageResource(files, true).file(files.version(), "main.js").getStatus())
        .isEqualTo(200);
    assertThatThrownBy(() -> off.file(files.version(), "main.js"))
        .isInstanceOf(RefusedException.class);
    assertThat(new PageResource(files, true).problems(request()).getEntity().toString())
        .contains("href=\"/\"");
    String problems = off.problems(request()).getEntity().toString();
    assertThat(problems).contains("id=\"not-found\"").doesNotContain("href=\"/\"");
    assertThat(ADDRESS.matcher(problems).results().map(found -> found.group(1)))
        .hasSize(2)
        .allSatisfy(
            address ->
                assertThat(off.file(files.version(), address.replaceAll(".*/", "")).getStatus())
                    .isEqualTo(200));
    assertThatThrownBy(() -> off.page(request())).isInstanceOf(RefusedException.class);
    assertThatThrownBy(() -> off.starter(request())).isInstanceOf(RefusedException.class);
    assertThatThrownBy(() -> off.afterSignIn(request())).isInstanceOf(RefusedException.class);
  }

  /** Without preconditions. */
  private static Request request() {
    return (Request)
        Proxy.newProxyInstance(
            PageTest.class.getClassLoader(),
            new Class<?>[] {Request.class},
            (proxy, method, arguments) -> null);
  }

  @Test
  void other_methods_are_refused() {
    given().post("/").then().statusCode(405).header("Allow", "GET, HEAD, OPTIONS");
    given().delete("/ui/signed-in").then().statusCode(405);
    given().head("/").then().statusCode(200);
  }
}
