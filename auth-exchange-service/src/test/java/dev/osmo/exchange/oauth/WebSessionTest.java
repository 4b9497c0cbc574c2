package dev.osmo.exchange.oauth;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.osmo.exchange.testing.ExchangeStack;
import dev.osmo.exchange.testing.OAuth;
import dev.osmo.exchange.testing.SignInStage;
import dev.osmo.exchange.testing.StoppableRefill;
import dev.osmo.exchange.testing.Verifier;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The session of a person in the web page, with its refresh token in a cookie. */
@QuarkusTest
@QuarkusTestResource(ExchangeStack.class)
class WebSessionTest {

  private static final Map<String, String> CONTINUING = Map.of("grant_type", "refresh_token");

  @Inject StoppableRefill refill;

  @ConfigProperty(name = "quarkus.datasource.reactive.url")
  String databaseUrl;

  @ConfigProperty(name = "auth-exchange.token-service-url")
  String tokenServiceUrl;

  private SignInStage stage;
  private UUID session;

  @BeforeEach
  void arrange() {
    stage = new SignInStage(databaseUrl, tokenServiceUrl);
    session = stage.personWith("osmo-user");
    stage.providerConfirms("corp", SignInStage.PROVIDER_TOKEN);
  }

  @AfterEach
  void resume_the_refill() {
    refill.resume();
  }

  @Test
  @Tag("I1")
  void the_refresh_token_is_only_in_a_cookie_that_no_script_and_no_other_host_can_use()
      throws Exception {
    Response answer = send(page(), SignInStage.code());

    assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
    assertThat(answer.asString()).doesNotContain("osmo_rt_", SignInStage.PROVIDER_TOKEN);
    assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    assertThat(answer.headers().getValues("Set-Cookie"))
        .singleElement()
        .asString()
        .matches("__Host-osmo-session=osmo_rt_[\\w-]+; Path=/; Secure; HttpOnly; SameSite=Strict");
    assertThat(
            Verifier.claims(
                    answer.path("access_token"), given().get("/api/auth/keys").asString(), "osmo")
                .getStringListClaim("roles"))
        .containsExactly("osmo-user");
  }

  @Test
  void the_session_continues_with_the_cookie_and_gets_a_new_one() {
    String cookie = cookie(send(page(), SignInStage.code()));
    stage.providerConfirms("corp", "the-next-refresh-token");

    Response answer = send(page().cookie(SessionCookie.NAME, cookie), CONTINUING);

    assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
    assertThat(cookie(answer)).startsWith("osmo_rt_").isNotEqualTo(cookie);
    assertThat(answer.asString()).doesNotContain("osmo_rt_");
  }

  @Test
  void without_a_cookie_nobody_is_signed_in() {
    assertThat(send(page(), CONTINUING).statusCode()).isEqualTo(204);
  }

  @Test
  @Tag("I3")
  void signing_out_ends_the_session_and_deletes_the_cookie() {
    String cookie = cookie(send(page(), SignInStage.code()));

    Response answer = page().cookie(SessionCookie.NAME, cookie).delete(OAuth.WEB_SESSION);

    assertThat(answer.statusCode()).isEqualTo(204);
    assertThat(answer.header("Set-Cookie"))
        .isEqualTo("__Host-osmo-session=; Max-Age=0; Path=/; Secure; HttpOnly; SameSite=Strict");
    Response later = send(page().cookie(SessionCookie.NAME, cookie), CONTINUING);
    assertThat(later.statusCode()).isEqualTo(400);
    assertThat(later.<String>path("error")).isEqualTo("invalid_grant");
  }

  /** The person would believe that the session has ended. */
  @Test
  @Tag("I10")
  void a_sign_out_beyond_the_limit_is_refused_and_keeps_the_cookie() {
    String cookie = cookie(send(page(), SignInStage.code()));

    Response answer =
        refill.firstRefusal(
            () -> page().cookie(SessionCookie.NAME, cookie).delete(OAuth.WEB_SESSION));

    assertThat(answer.header("Set-Cookie")).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"junk", "osmo_rt_", "osmo_rt_AAAA"})
  void another_cookie_is_refused(String cookie) {
    Response answer = send(page().cookie(SessionCookie.NAME, cookie), CONTINUING);

    assertThat(answer.<String>path("error")).isEqualTo("invalid_grant");
    assertThat(answer.header("Set-Cookie")).startsWith("__Host-osmo-session=; Max-Age=0;");
  }

  /** What a page of another origin can make the browser send, or a program that has the cookie. */
  @ParameterizedTest
  @Tag("I11")
  @CsvSource({
    "X-Osmo-Web, ",
    "X-Osmo-Web, 0",
    "Origin, ",
    "Origin, null",
    "Origin, https://evil.example.com",
    "Origin, http://osmo.test",
    "Origin, https://osmo.test:8443",
    "Origin, https://osmo.test.evil.example.com",
    "Sec-Fetch-Site, same-site",
    "Sec-Fetch-Site, cross-site",
    "Sec-Fetch-Site, none"
  })
  void a_request_that_is_not_of_our_page_is_refused(String header, String value) {
    String cookie = cookie(send(page(), SignInStage.code()));
    int asked = stage.script().received("/corp/token").size();

    Response code = send(changed(header, value), SignInStage.code());
    Response next = send(changed(header, value).cookie(SessionCookie.NAME, cookie), CONTINUING);
    Response end =
        changed(header, value).cookie(SessionCookie.NAME, cookie).delete(OAuth.WEB_SESSION);

    for (Response answer : new Response[] {code, next, end}) {
      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(answer.<String>path("error_description")).contains("Only the web page");
      assertThat(answer.header("Set-Cookie")).isNull();
    }
    assertThat(stage.script().received("/corp/token")).hasSize(asked);
    assertThat(send(page().cookie(SessionCookie.NAME, cookie), CONTINUING).statusCode())
        .as("the session goes on")
        .isEqualTo(200);
  }

  @Test
  void two_origins_are_refused() {
    assertThat(send(page().header("Origin", "https://evil.test"), CONTINUING).statusCode())
        .isEqualTo(400);
  }

  @Test
  void a_sign_in_whose_refresh_token_no_browser_would_keep_is_refused_and_its_session_ends() {
    stage.providerConfirms("corp", "x".repeat(4000));

    Response answer = send(page(), SignInStage.code());

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.<String>path("error_description"))
        .contains("longer than browsers keep in a cookie", "Sign in with an access token");
    assertThat(answer.asString()).doesNotContain("eyJ");
    assertThat(answer.headers().getValues("Set-Cookie"))
        .singleElement()
        .asString()
        .startsWith("__Host-osmo-session=; Max-Age=0;");
    assertThat(stage.script().received("/corp/revoke")).hasSize(1);
  }

  @Test
  void a_session_whose_next_refresh_token_no_browser_would_keep_ends_with_the_same_sentence() {
    String cookie = cookie(send(page(), SignInStage.code()));
    stage.providerConfirms("corp", "x".repeat(4000));

    Response answer = send(page().cookie(SessionCookie.NAME, cookie), CONTINUING);

    assertThat(answer.<String>path("error_description"))
        .contains("longer than browsers keep in a cookie");
    assertThat(answer.header("Set-Cookie")).startsWith("__Host-osmo-session=; Max-Age=0;");
    Response later = send(page().cookie(SessionCookie.NAME, cookie), CONTINUING);
    assertThat(later.<String>path("error_description")).contains("session has ended");
  }

  @Test
  void a_refusal_that_ends_the_session_deletes_the_cookie() {
    String cookie = cookie(send(page(), SignInStage.code()));
    stage.providerRefuses("invalid_grant");

    Response answer = send(page().cookie(SessionCookie.NAME, cookie), CONTINUING);

    assertThat(answer.<String>path("error")).isEqualTo("invalid_grant");
    assertThat(answer.headers().getValues("Set-Cookie"))
        .containsExactly(
            "__Host-osmo-session=; Max-Age=0; Path=/; Secure; HttpOnly; SameSite=Strict");
  }

  /** For example by its policy, which the operator may change again. */
  @Test
  void a_refusal_of_token_service_that_does_not_end_the_session_keeps_the_cookie() {
    String cookie = cookie(send(page(), SignInStage.code()));
    stage.tokenServiceRefuses(403, "sign-in-refused", "not now");

    Response answer = send(page().cookie(SessionCookie.NAME, cookie), CONTINUING);

    assertThat(answer.statusCode()).as(answer.asString()).isGreaterThanOrEqualTo(400);
    assertThat(answer.header("Set-Cookie")).isNull();
  }

  /** The person learns the reason also if the session cannot be ended at once. */
  @Test
  @Tag("I12")
  void a_refresh_token_that_is_too_long_is_refused_also_if_its_session_cannot_be_ended() {
    String cookie = cookie(send(page(), SignInStage.code()));
    stage.providerConfirms("corp", "x".repeat(4000));
    stage
        .people()
        .asSuperuser(
            "CREATE OR REPLACE FUNCTION refuse_the_end() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''no''; END'");
    stage
        .people()
        .asSuperuser(
            "CREATE TRIGGER refuse_the_end BEFORE UPDATE ON login_session FOR EACH ROW WHEN (OLD.id = '%s') EXECUTE FUNCTION refuse_the_end()"
                .formatted(session));
    Response answer;
    try {
      answer = send(page().cookie(SessionCookie.NAME, cookie), CONTINUING);
    } finally {
      stage.people().asSuperuser("DROP FUNCTION refuse_the_end() CASCADE");
    }

    assertThat(answer.<String>path("error_description"))
        .contains("longer than browsers keep in a cookie");
    assertThat(answer.header("Set-Cookie")).startsWith("__Host-osmo-session=; Max-Age=0;");
  }

  @Test
  void a_refusal_that_may_pass_keeps_the_cookie() {
    String cookie = cookie(send(page(), SignInStage.code()));
    stage.providerRefuses("temporarily_unavailable");

    Response answer = send(page().cookie(SessionCookie.NAME, cookie), CONTINUING);

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.header("Set-Cookie")).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "https://osmo.example.com, https://osmo.example.com",
    "https://OSMO.example.com:443/path, https://osmo.example.com",
    "http://localhost:8080, http://localhost:8080",
    "http://localhost:80/, http://localhost",
    "https://[::1]:8443, https://[::1]:8443"
  })
  void the_origin_of_our_page_is_written_as_browsers_write_it(String issuer, String origin) {
    assertThat(WebPage.originOf(URI.create(issuer))).isEqualTo(origin);
  }

  private RequestSpecification page() {
    return changed("", "");
  }

  /** A request as our page sends it, except for this header. */
  private RequestSpecification changed(String header, String value) {
    RequestSpecification request = given().header("X-Forwarded-For", stage.address());
    Map.of("Origin", OAuth.ORIGIN, WebPage.HEADER, "1", "Sec-Fetch-Site", "same-origin")
        .forEach((name, usual) -> addHeader(request, name, name.equals(header) ? value : usual));
    return request;
  }

  private static void addHeader(RequestSpecification request, String name, String value) {
    if (value != null) {
      request.header(name, value);
    }
  }

  private static Response send(RequestSpecification request, Map<String, String> form) {
    return request.contentType(ContentType.URLENC).formParams(form).post(OAuth.WEB_SESSION);
  }

  private static String cookie(Response answer) {
    return answer.getCookie(SessionCookie.NAME);
  }
}
