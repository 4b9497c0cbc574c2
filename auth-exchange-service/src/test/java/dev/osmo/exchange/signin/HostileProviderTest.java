package dev.osmo.exchange.signin;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.osmo.exchange.testing.ExchangeStack;
import dev.osmo.exchange.testing.OAuth;
import dev.osmo.exchange.testing.Reply;
import dev.osmo.exchange.testing.SignInStage;
import dev.osmo.testkit.waiting.Patience;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logmanager.ExtLogRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An identity provider that is broken or hostile gives no JWT, and none of its text passes. */
@QuarkusTest
@QuarkusTestResource(ExchangeStack.class)
@Tag("I9")
class HostileProviderTest {

  private static final String LOGIN = "/api/auth/login";
  private static final String POISON = "poison\u001b[31m";

  @ConfigProperty(name = "quarkus.datasource.reactive.url")
  String databaseUrl;

  @ConfigProperty(name = "auth-exchange.token-service-url")
  String tokenServiceUrl;

  @TestHTTPResource(value = "/q/metrics", management = true)
  String metrics;

  private SignInStage stage;

  @BeforeEach
  void arrange() {
    stage = new SignInStage(databaseUrl, tokenServiceUrl);
    stage.personWith("osmo-user");
  }

  static Stream<Reply> unusable() {
    return Stream.of(
        Reply.text(200, POISON),
        Reply.text(200, "[\"" + "poison" + "\"]"),
        Reply.text(200, ""),
        Reply.text(200, "{\"id_token\": \"" + "x".repeat(100_000) + "\"}"),
        Reply.text(500, "{\"error\": \"invalid_grant\"}"),
        Reply.text(429, "{\"error\": \"slow_down\"}"),
        Reply.json(200, Map.of("id_token", 42)),
        Reply.json(200, Map.of("id_token", "")),
        Reply.json(400, Map.of("error", "invalid_client", "error_description", POISON)),
        Reply.json(401, Map.of("error", POISON)),
        Reply.json(400, Map.of("error", 42)),
        Reply.json(400, Map.of("message", POISON)));
  }

  @ParameterizedTest
  @MethodSource("unusable")
  void an_unusable_token_response_is_a_provider_that_is_not_available(Reply reply) {
    stage.script().reply("/corp/token", reply);

    Response answer = stage.token(SignInStage.code());

    assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(503);
    assertThat(answer.<String>path("error")).isEqualTo("temporarily_unavailable");
    assertThat(answer.header("Retry-After")).isNotBlank();
    assertThat(answer.asString()).doesNotContain("poison");
    assertThat(stage.script().received(SignInStage.SESSION)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void a_redirect_is_not_followed(int status) {
    stage.providerConfirms("secret", SignInStage.PROVIDER_TOKEN);
    String elsewhere = stage.script().base() + "/secret/token";
    stage.script().reply("/corp/token", Reply.redirect(status, elsewhere));

    assertThat(stage.token(SignInStage.code()).statusCode()).isEqualTo(503);
    assertThat(stage.script().received("/secret/token")).isEmpty();
  }

  @Test
  void a_provider_that_does_not_answer_is_given_up() {
    stage.script().reply("/corp/token", Reply.never());

    assertThat(stage.token(SignInStage.code()).statusCode()).isEqualTo(503);
    assertThat(given().get("/api/auth/keys").statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"mixed-up", "redirecting", "text", "array", "huge", "silent", "unsafe"})
  void a_discovery_document_that_is_not_that_of_the_issuer_is_not_used(String provider) {
    assertThat(given().get(LOGIN + "?provider=" + provider).statusCode()).isEqualTo(503);
    assertThat(stage.token(SignInStage.code("client_id", provider + "-cli")).<String>path("error"))
        .isEqualTo("temporarily_unavailable");
    assertThat(stage.script().received("/" + provider + "/token")).isEmpty();
    assertThat(stage.script().received("/corp/token")).isEmpty();
  }

  @Test
  @Tag("I10")
  void a_provider_whose_discovery_fails_is_not_asked_for_every_request() {
    long before = System.nanoTime();
    for (int i = 0; i < 50; i++) {
      given().get(LOGIN + "?provider=text").then().statusCode(503);
    }
    long fiveSeconds = 1 + (System.nanoTime() - before) / 5_000_000_000L;

    assertThat(stage.script().received("/text/.well-known/openid-configuration"))
        .hasSizeLessThanOrEqualTo(Math.toIntExact(fiveSeconds));
  }

  /** The person would wait before a page that does not load. Whoever has been there goes on. */
  @Test
  void nobody_is_sent_to_a_provider_that_stopped_answering() {
    String login = LOGIN + "?provider=query";
    given().get(login).then().statusCode(200);
    stage.script().reply("/query/.well-known/openid-configuration", Reply.text(503, "away"));

    awaitStatus(login, 503);
    assertThat(given().get(login).<String>path("detail"))
        .startsWith("The identity provider query is not available");
    stage.providerConfirms("query", SignInStage.PROVIDER_TOKEN);
    stage
        .token(SignInStage.code("client_id", "query-cli"))
        .then()
        .statusCode(200)
        .body("token_type", equalTo("Bearer"));

    stage.script().reset();
    awaitStatus(login, 200);
  }

  private static void awaitStatus(String path, int status) {
    await().atMost(Patience.LONG).until(() -> given().get(path).statusCode() == status);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ABC\u001b[2J", "A B", "\u202eABC", ""})
  void a_device_code_that_a_terminal_must_not_print_is_refused(String userCode) {
    device(userCode, "https://login.example.com/device");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "javascript:alert(1)",
        "file:///etc/passwd",
        "https://user@login.example.com/",
        "https://login.example.com/\u001b[2J",
        "login"
      })
  void an_address_that_is_no_web_page_is_refused(String page) {
    device("WDJB-MJHT", page);
  }

  private void device(String userCode, String page) {
    stage.providerStartsDevice(userCode, page);

    Response answer =
        stage.post(OAuth.DEVICE_AUTHORIZATION, Map.of("client_id", SignInStage.DEVICE));

    assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(503);
  }

  /** At the finest level, so that also a change of the log level prints none. */
  @Test
  @Tag("I1")
  void no_credential_is_in_any_log_metric_or_error() {
    List<String> logged = new CopyOnWriteArrayList<>();
    Logger service = Logger.getLogger("dev.osmo");
    Handler handler = recorder(logged);
    service.addHandler(handler);
    service.setLevel(java.util.logging.Level.ALL);
    String idToken = stage.idToken("corp", "corp-cli");
    String errors = "";
    String refreshToken;
    try {
      refreshToken = stage.refreshToken();
      stage.token(SignInStage.refreshing(refreshToken)).then().statusCode(200);
      stage.tokenServiceRefuses(401, "id-token-invalid", "no");
      errors += stage.token(SignInStage.refreshing(refreshToken)).asString();
      errors += stage.token(SignInStage.code()).asString();
      stage.script().reply("/corp/token", Reply.redirect(302, "http://127.0.0.1:1/"));
      errors += stage.token(SignInStage.code()).asString();
      stage.providerRefuses("invalid_grant");
      errors += stage.token(SignInStage.code()).asString();
      errors += stage.token(SignInStage.exchanging(idToken)).asString();
      OAuth.revoke(refreshToken).then().statusCode(200);
    } finally {
      service.removeHandler(handler);
      service.setLevel(null);
    }
    String all = errors + logged + given().get(metrics).asString();
    assertThat(logged).anyMatch(line -> line.contains("sign-in kind="));
    assertThat(all)
        .doesNotContain(
            SignInStage.CODE,
            SignInStage.VERIFIER,
            SignInStage.PROVIDER_TOKEN,
            "access-token-of-the-provider",
            refreshToken,
            idToken,
            idToken.split("\\.", -1)[1]);
  }

  private static Handler recorder(List<String> logged) {
    return new Handler() {
      @Override
      public void publish(LogRecord entry) {
        logged.add(
            entry.getMessage()
                + Arrays.toString(entry.getParameters())
                + (entry instanceof ExtLogRecord extended ? extended.getMdcCopy() : "")
                + entry.getThrown());
      }

      @Override
      public void flush() {
        // Nothing is buffered.
      }

      @Override
      public void close() {
        // Holds no resource.
      }
    };
  }
}
