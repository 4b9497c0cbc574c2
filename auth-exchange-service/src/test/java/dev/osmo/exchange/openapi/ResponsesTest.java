package dev.osmo.exchange.openapi;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.osmo.exchange.testing.ExchangeStack;
import dev.osmo.exchange.testing.IssuedPat;
import dev.osmo.exchange.testing.OAuth;
import dev.osmo.exchange.testing.People;
import dev.osmo.exchange.testing.SignInStage;
import dev.osmo.exchange.testing.StoppableRefill;
import dev.osmo.testkit.http.RecordedResponse;
import dev.osmo.testkit.openapi.Document;
import dev.osmo.testkit.openapi.Operation;
import dev.osmo.testkit.openapi.ResponseCheck;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Requests cause every answer of every operation. Each answer must be documented as it is, and each
 * documented answer must occur. Only 500 is left out: a known cause of it would be a bug to fix.
 */
@QuarkusTest
@QuarkusTestResource(ExchangeStack.class)
class ResponsesTest {

  private static final Operation EXCHANGE = Operation.of("POST /api/auth/jwt/access_token");
  private static final Operation TOKEN = Operation.of("POST " + OAuth.TOKEN);
  private static final Operation INTROSPECT = Operation.of("POST " + OAuth.INTROSPECT);
  private static final Operation REVOKE = Operation.of("POST " + OAuth.REVOKE);
  private static final Operation DEVICE = Operation.of("POST " + OAuth.DEVICE_AUTHORIZATION);
  private static final Operation WEB = Operation.of("POST " + OAuth.WEB_SESSION);
  private static final Operation WEB_END = Operation.of("DELETE " + OAuth.WEB_SESSION);
  private static final Operation LOGIN = Operation.of("GET /api/auth/login");

  private static final Set<Operation> CACHEABLE =
      Set.of(
          Operation.of("GET /api/auth/keys"),
          Operation.of("GET /.well-known/jwks.json"),
          Operation.of("GET /.well-known/oauth-authorization-server"),
          Operation.of("GET /.well-known/openid-configuration"));

  private static final Map<String, String> CONTINUING = Map.of("grant_type", "refresh_token");
  private static final int BROKEN = 500;
  private static final List<Integer> STATUSES =
      List.of(200, 204, 304, 400, 401, 404, 406, 411, 413, 415, 422, 429, 503);
  private static final String TOO_LONG = "x".repeat(16 * 1024 + 1);
  private static final int MORE_THAN_ANY_LIMIT = 2_000;

  @Inject StoppableRefill refill;

  @TestHTTPResource URI root;

  @TestHTTPResource(management = true)
  URI management;

  @ConfigProperty(name = "quarkus.datasource.reactive.url")
  String databaseUrl;

  @ConfigProperty(name = "auth-exchange.token-service-url")
  String tokenServiceUrl;

  private Document document;
  private ResponseCheck check;
  private People people;
  private IssuedPat pat;

  /** A request that is sent now. */
  private interface Call {
    RecordedResponse send() throws IOException, InterruptedException;
  }

  @BeforeEach
  void arrange() {
    document = Document.served(management);
    check = new ResponseCheck(document);
    people = new People(databaseUrl);
    pat = newPat();
  }

  @TestFactory
  Stream<DynamicTest> every_answer_is_as_documented() {
    return document.operations().stream()
        .flatMap(
            operation ->
                Stream.concat(document.statuses(operation).stream(), caused(operation))
                    .distinct()
                    .sorted()
                    .filter(status -> status != BROKEN)
                    .map(status -> answerTest(operation, status)));
  }

  private DynamicTest answerTest(Operation operation, int status) {
    return dynamicTest(
        operation + " answers " + status,
        () -> {
          assertThat(caused(operation)).as("statuses that requests cause").contains(status);
          for (Call call : calls(operation, status)) {
            RecordedResponse answer = call.send();
            assertThat(answer.status()).as(answer.body()).isEqualTo(status);
            compare(operation, answer);
          }
        });
  }

  private void compare(Operation operation, RecordedResponse answer) {
    check.check(operation, answer);
    assertThat(answer.header("X-Content-Type-Options")).hasValue("nosniff");
    assertThat(answer.header("Content-Security-Policy").orElseThrow())
        .startsWith("default-src 'none'");
    assertThat(answer.header("Referrer-Policy")).hasValue("no-referrer");
    assertThat(answer.header("X-Request-Id").orElseThrow()).isNotBlank();
  }

  /** The statuses that the requests of this test cause, documented or not. */
  private static Stream<Integer> caused(Operation operation) {
    return STATUSES.stream().filter(status -> isCaused(operation, status));
  }

  private static boolean isCaused(Operation operation, int status) {
    return switch (status) {
      case 200 -> !operation.equals(WEB_END);
      case 204 -> operation.equals(WEB) || operation.equals(WEB_END);
      case 304 -> CACHEABLE.contains(operation);
      case 401 -> operation.equals(EXCHANGE) || operation.equals(INTROSPECT);
      case 404 -> operation.equals(LOGIN);
      case 415 -> operation.method().equals("POST");
      case 429 -> operation.method().equals("POST") || operation.equals(WEB_END);
      case 503 ->
          operation.method().equals("POST") || operation.equals(LOGIN) || operation.equals(WEB_END);
      case 422 -> operation.equals(EXCHANGE);
      default -> true;
    };
  }

  private List<Call> calls(Operation operation, int status) {
    return switch (status) {
      case 200 -> successful(operation);
      case 204 -> List.of(call(operation, operation.equals(WEB) ? web(CONTINUING) : web(Map.of())));
      case 304 -> List.of(() -> unchanged(operation));
      case 400 -> malformed(operation);
      case 401 -> unauthenticated(operation);
      case 404 -> List.of(call(operation, given().queryParam("provider", "none")));
      case 406 -> List.of(call(operation, wellFormed(operation).accept("image/png")));
      case 411 -> List.of(() -> sendInChunks(operation));
      case 413 -> List.of(call(operation, given().contentType(ContentType.JSON).body(TOO_LONG)));
      case 415 -> List.of(call(operation, given().contentType("text/plain").body("x")));
      case 422 -> List.of(call(operation, json(patWithManyRoles().text())));
      case 429 -> List.of(() -> repeatUntilLimited(operation));
      case 503 -> List.of(() -> sendWithout(operation));
      default -> throw new IllegalArgumentException("no request causes " + status);
    };
  }

  private List<Call> successful(Operation operation) {
    if (operation.equals(EXCHANGE)) {
      return List.of(call(operation, json(pat.text())));
    }
    if (operation.equals(TOKEN)) {
      SignInStage stage = signInStage();
      stage.providerConfirms("corp", SignInStage.PROVIDER_TOKEN);
      return List.of(
          call(operation, form(OAuth.exchanging(pat.text()))),
          call(operation, form(SignInStage.code())));
    }
    if (operation.equals(WEB)) {
      signInStage().providerConfirms("corp", SignInStage.PROVIDER_TOKEN);
      return List.of(call(operation, web(SignInStage.code())));
    }
    if (operation.equals(DEVICE)) {
      signInStage().providerStartsDevice("WDJB-MJHT", "https://login.example.com/device");
      return List.of(call(operation, startingDevice()));
    }
    if (operation.equals(LOGIN)) {
      return List.of(
          call(operation, given()), call(operation, given().queryParam("provider", "secret")));
    }
    if (operation.equals(INTROSPECT)) {
      return List.of(
          call(operation, introspecting(pat.text(), pat.text())),
          call(operation, introspecting(pat.text(), OAuth.jwt(pat))),
          this::introspectSession,
          call(operation, introspecting(pat.text(), "junk")));
    }
    if (operation.equals(REVOKE)) {
      return List.of(call(operation, revoking(newPat().text())), call(operation, revoking("junk")));
    }
    return List.of(call(operation, given()));
  }

  private RecordedResponse introspectSession() {
    String jwt = signInStage().signIn().path("access_token");
    return send(INTROSPECT, introspecting(jwt, jwt));
  }

  /** With a session that token-service keeps. */
  private SignInStage signInStage() {
    SignInStage stage = new SignInStage(databaseUrl, tokenServiceUrl);
    stage.personWith("osmo-user");
    return stage;
  }

  private static RequestSpecification startingDevice() {
    return form(Map.of("client_id", SignInStage.DEVICE));
  }

  /** Every operation refuses a token in the address. */
  private List<Call> malformed(Operation operation) {
    Call tokenInAddress = call(operation, given().queryParam("x", pat.text()));
    if (operation.equals(TOKEN)) {
      return List.of(
          tokenInAddress,
          call(operation, form(OAuth.exchanging("junk"))),
          call(operation, form(SignInStage.code("client_id", "none"))),
          call(operation, form(OAuth.exchanging(patWithManyRoles().text()))));
    }
    if (operation.equals(WEB)) {
      return List.of(
          tokenInAddress,
          call(operation, form(CONTINUING)),
          call(operation, web(Map.of("grant_type", "password"))),
          call(operation, web(SignInStage.code("client_id", "none"))));
    }
    if (operation.equals(WEB_END)) {
      return List.of(tokenInAddress, call(operation, given()));
    }
    if (operation.equals(DEVICE)) {
      return List.of(tokenInAddress, call(operation, form(Map.of("client_id", "none"))));
    }
    if (operation.equals(INTROSPECT)) {
      return List.of(tokenInAddress, call(operation, introspecting(pat.text(), "")));
    }
    if (operation.equals(REVOKE)) {
      return List.of(tokenInAddress, call(operation, revoking(OAuth.jwt(newPat()))));
    }
    return List.of(tokenInAddress);
  }

  private List<Call> unauthenticated(Operation operation) {
    return operation.equals(INTROSPECT)
        ? List.of(call(operation, introspecting("junk", pat.text())))
        : List.of(call(operation, json("junk")));
  }

  private static RecordedResponse unchanged(Operation operation) {
    String version = given().request(operation.method(), operation.path()).header("ETag");
    return send(operation, given().header("If-None-Match", version));
  }

  private RecordedResponse repeatUntilLimited(Operation operation) {
    String busy = newPat().text();
    String cookie = operation.equals(WEB_END) ? signInStage().refreshToken() : "";
    Supplier<RequestSpecification> request =
        () -> {
          if (operation.equals(EXCHANGE)) {
            return json(busy);
          }
          if (operation.equals(TOKEN)) {
            return form(OAuth.exchanging(busy));
          }
          if (operation.equals(DEVICE)) {
            return startingDevice().header("X-Forwarded-For", "203.0.113.201");
          }
          if (operation.equals(WEB)) {
            return web(SignInStage.code()).header("X-Forwarded-For", "203.0.113.202");
          }
          if (operation.equals(WEB_END)) {
            return signedIn(cookie);
          }
          return operation.equals(INTROSPECT)
              ? introspecting(busy, "junk")
              : revoking(busy).header("X-Forwarded-For", "203.0.113.200");
        };
    if (operation.equals(DEVICE)) {
      signInStage().providerStartsDevice("WDJB-MJHT", "https://login.example.com/device");
    }
    refill.stop();
    try {
      return Stream.generate(() -> send(operation, request.get()))
          .limit(MORE_THAN_ANY_LIMIT)
          .peek(answer -> compare(operation, answer))
          .filter(answer -> answer.status() == 429)
          .findFirst()
          .orElseThrow(() -> new AssertionError("no limit"));
    } finally {
      refill.resume();
    }
  }

  private RecordedResponse sendWithout(Operation operation) {
    if (operation.equals(LOGIN)) {
      return send(operation, given().queryParam("provider", "text"));
    }
    if (operation.equals(DEVICE)) {
      signInStage();
      return send(operation, startingDevice());
    }
    if (operation.equals(WEB)) {
      signInStage();
      return send(operation, web(SignInStage.code()));
    }
    if (operation.equals(WEB_END)) {
      return endWithoutDatabase(signInStage().refreshToken());
    }
    return sendWithoutDatabase(operation);
  }

  private RecordedResponse endWithoutDatabase(String cookie) {
    String function = " ON FUNCTION end_session(uuid, text, text, text) ";
    people.asSuperuser("REVOKE EXECUTE" + function + "FROM osmo_auth_exchange");
    try {
      return send(WEB_END, signedIn(cookie));
    } finally {
      people.asSuperuser("GRANT EXECUTE" + function + "TO osmo_auth_exchange");
    }
  }

  private RecordedResponse sendWithoutDatabase(Operation operation) {
    people.asSuperuser("REVOKE SELECT ON users FROM osmo_auth_exchange");
    people.asSuperuser(
        "REVOKE EXECUTE ON FUNCTION revoke_secret(bytea, text) FROM osmo_auth_exchange");
    try {
      if (operation.equals(EXCHANGE)) {
        return send(operation, json(pat.text()));
      }
      if (operation.equals(TOKEN)) {
        return send(operation, form(OAuth.exchanging(pat.text())));
      }
      return operation.equals(INTROSPECT)
          ? send(operation, introspecting(pat.text(), pat.text()))
          : send(operation, revoking(pat.text()));
    } finally {
      people.asSuperuser(
          "GRANT SELECT (id, disabled_at, sign_in_due_at) ON users TO osmo_auth_exchange");
      people.asSuperuser(
          "GRANT EXECUTE ON FUNCTION revoke_secret(bytea, text) TO osmo_auth_exchange");
    }
  }

  private RecordedResponse sendInChunks(Operation operation)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(root.resolve(operation.path()))
            .method(
                operation.method(),
                BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[] {'x'})))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      return RecordedResponse.of(client.send(request, BodyHandlers.ofString()));
    }
  }

  private static Call call(Operation operation, RequestSpecification request) {
    return () -> send(operation, request);
  }

  private static RecordedResponse send(Operation operation, RequestSpecification request) {
    return RecordedResponse.of(request.request(operation.method(), operation.path()));
  }

  private static RequestSpecification wellFormed(Operation operation) {
    if (operation.method().equals("GET")) {
      return given();
    }
    return operation.equals(EXCHANGE) ? json("x") : form(Map.of("token", "x"));
  }

  private static RequestSpecification json(String token) {
    return given().contentType(ContentType.JSON).body(Map.of("token", token));
  }

  private static RequestSpecification form(Map<String, String> form) {
    return given().contentType(ContentType.URLENC).formParams(form);
  }

  /** As our web page sends it. */
  private static RequestSpecification web(Map<String, String> form) {
    return form(form).header("Origin", OAuth.ORIGIN).header("X-Osmo-Web", "1");
  }

  private static RequestSpecification signedIn(String refreshToken) {
    return web(Map.of()).cookie("__Host-osmo-session", refreshToken);
  }

  private static RequestSpecification introspecting(String credential, String token) {
    return form(Map.of("token", token)).header("Authorization", "Bearer " + credential);
  }

  private static RequestSpecification revoking(String token) {
    return form(Map.of("token", token));
  }

  private IssuedPat newPat() {
    return people.pat(people.person("osmo-user"));
  }

  private IssuedPat patWithManyRoles() {
    String owner = people.person("osmo-user");
    for (int i = 0; i < 120; i++) {
      people.grant(owner, "a-role-with-a-name-as-long-as-they-get-on-average-sometimes-" + i);
    }
    return people.pat(owner);
  }
}
