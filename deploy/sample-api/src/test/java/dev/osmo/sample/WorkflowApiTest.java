package dev.osmo.sample;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.osmo.testkit.http.RawHttp;
import dev.osmo.testkit.waiting.Patience;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.keys.HmacKey;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One test comes first, because the API fetches the key set once for all of them. */
@QuarkusTest
@QuarkusTestResource(SampleApiResource.class)
@TestMethodOrder(OrderAnnotation.class)
class WorkflowApiTest {
  private static final String HELLO =
      "workflow:\n  name: hello\n  tasks: [{name: greet, image: ubuntu}]\n";

  TestIssuer issuer;

  private static RequestSpecification as(String jwt) {
    return given().header("Authorization", "Bearer " + jwt);
  }

  private static Response list(String jwt, Map<String, ?> parameters) {
    return as(jwt).queryParams(parameters).get("/api/workflow");
  }

  private static Response list(String jwt) {
    return list(jwt, Map.of());
  }

  private static Response submit(String jwt, String pool, Object body) {
    return as(jwt).contentType(ContentType.JSON).body(body).post("/api/pool/{pool}/workflow", pool);
  }

  private static Map<String, String> file(String yaml) {
    return Map.of("file", yaml);
  }

  private static List<String> members(Response list, String member) {
    return list.jsonPath().getList("workflows." + member);
  }

  private static void assertProblem(Response response, int status, String errorCode) {
    assertThat(response.statusCode()).as(response.asString()).isEqualTo(status);
    assertThat(response.contentType()).isEqualTo("application/problem+json");
    assertThat(response.header("Cache-Control")).isEqualTo("no-store");
    Map<String, ?> problem = response.jsonPath().getMap("");
    assertThat(problem.get("message")).isEqualTo(problem.get("detail")).isNotEqualTo("");
    assertThat(problem.get("error_code")).isEqualTo(errorCode);
    assertThat(problem.containsKey("workflow_id")).isTrue();
    assertThat(problem.get("workflow_id")).isNull();
  }

  @Test
  @Order(1)
  void a_missing_key_set_is_a_503_and_the_api_recovers_without_a_restart() {
    String jwt = issuer.jwtOf("user@example.com");

    Response early = list(jwt);
    issuer.becomeAvailable();
    Response later = list(jwt);

    assertProblem(early, 503, "SERVER");
    assertThat(early.header("Retry-After")).isNotBlank();
    assertThat(later.statusCode()).as(later.asString()).isEqualTo(200);
  }

  /** The HTTP server fails before any resource is found, and a URL may contain a token. */
  @ParameterizedTest
  @ValueSource(strings = {"Host: a b", "Host: [::1", "X: y"})
  void a_url_without_a_readable_host_is_not_logged(String header) throws IOException {
    List<String> logged = new CopyOnWriteArrayList<>();
    Handler handler = recorder(logged);
    Logger.getLogger("").addHandler(handler);
    try {
      String response =
          RawHttp.send(
              RestAssured.port,
              "GET /api/workflow?t=secret HTTP/1.1\r\n" + header + "\r\nConnection: close\r\n\r\n");
      assertThat(response).startsWith("HTTP/1.1 400 ").doesNotContain("secret");
    } finally {
      Logger.getLogger("").removeHandler(handler);
    }

    assertThat(logged).noneMatch(line -> line.contains("secret"));
  }

  private static Handler recorder(List<String> logged) {
    return new Handler() {
      @Override
      public void publish(LogRecord line) {
        StringWriter thrown = new StringWriter();
        if (line.getThrown() != null) {
          line.getThrown().printStackTrace(new PrintWriter(thrown));
        }
        logged.add(line.getMessage() + Arrays.toString(line.getParameters()) + thrown);
      }

      @Override
      public void flush() {
        // Nothing is buffered.
      }

      @Override
      public void close() {
        // There is nothing to close.
      }
    };
  }

  @Test
  void a_rotated_key_is_accepted_when_the_key_set_holds_it() {
    EllipticCurveJsonWebKey rotated = TestIssuer.newKey("key-2");
    String jwt = TestIssuer.sign(issuer.claims("user@example.com"), rotated);
    assert401(list(jwt));

    issuer.publish(rotated);

    await().atMost(Patience.LONG).until(() -> list(jwt).statusCode() == 200);
  }

  @Test
  void a_submission_is_acknowledged_and_listed_as_existing_clients_expect() {
    String jwt = issuer.jwtOf("ann@example.com");

    JsonPath response = submit(jwt, "default", file(HELLO.replace("hello", "ann"))).jsonPath();
    JsonPath list =
        list(jwt, Map.of("order", "DESC", "all_pools", "True", "limit", 20, "offset", 0))
            .jsonPath();

    assertThat(response.<String, Object>getMap("").keySet())
        .containsExactly("name", "overview", "logs", "spec", "dashboard_url", "warnings");
    assertThat(response.getString("name")).isEqualTo("ann-1");
    assertThat(response.getString("overview")).isEqualTo(issuer.url() + "/workflows/ann-1");
    assertThat(response.getString("logs")).isEqualTo(issuer.url() + "/api/workflow/ann-1/logs");
    assertThat(response.getString("spec")).isNull();
    assertThat(list.getBoolean("more_entries")).isFalse();
    Map<String, Object> entry = list.getMap("workflows[0]");
    assertThat(entry)
        .containsEntry("user", "ann@example.com")
        .containsEntry("name", "ann-1")
        .containsEntry("status", "PENDING")
        .containsEntry("pool", "default")
        .containsEntry("priority", "NORMAL")
        .containsEntry("queued_time", 0)
        .containsEntry("labels", Map.of());
    assertThat(entry.keySet())
        .containsExactly(
            "user",
            "name",
            "workflow_uuid",
            "submit_time",
            "start_time",
            "end_time",
            "queued_time",
            "duration",
            "status",
            "overview",
            "logs",
            "error_logs",
            "grafana_url",
            "dashboard_url",
            "pool",
            "app_owner",
            "app_name",
            "app_version",
            "priority",
            "labels");
    assertThat((String) entry.get("submit_time"))
        .as("existing clients parse UTC without a zone only")
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d");
  }

  @Test
  void a_list_holds_the_callers_own_workflows_unless_the_request_asks_for_more() {
    submit(issuer.jwtOf("bob@example.com"), "default", file(HELLO));
    submit(issuer.jwtOf("cid@example.com"), "default", file(HELLO));
    String bob = issuer.jwtOf("bob@example.com");

    assertThat(members(list(bob, Map.of("all_users", "False")), "user"))
        .containsOnly("bob@example.com");
    assertThat(members(list(bob, Map.of("users", List.of("cid@example.com", "absent"))), "user"))
        .containsOnly("cid@example.com");
    assertThat(members(list(bob, Map.of("all_users", "True")), "user"))
        .contains("bob@example.com", "cid@example.com");
  }

  @Test
  void order_limit_and_offset_select_the_page() {
    String dee = issuer.jwtOf("dee@example.com");
    for (int i = 0; i < 3; i++) {
      submit(dee, "default", file(HELLO.replace("hello", "dee")));
    }

    assertThat(members(list(dee, Map.of("order", "DESC", "limit", 2)), "name"))
        .containsExactly("dee-3", "dee-2");
    assertThat(members(list(dee, Map.of("order", "ASC", "limit", 2, "offset", 1)), "name"))
        .containsExactly("dee-2", "dee-3");
    assertThat(list(dee, Map.of("limit", 2)).jsonPath().getBoolean("more_entries")).isTrue();
    assertThat(list(dee, Map.of("limit", 3)).jsonPath().getBoolean("more_entries")).isFalse();
  }

  @TestFactory
  Stream<DynamicTest> an_invalid_parameter_is_refused() {
    return Stream.of(
            Map.entry("limit", "0"),
            Map.entry("limit", "x"),
            Map.entry("limit", "99999999999"),
            Map.entry("offset", "-1"),
            Map.entry("order", "up"),
            Map.entry("all_users", "yes"))
        .map(
            parameter ->
                DynamicTest.dynamicTest(
                    parameter.toString(),
                    () ->
                        assertProblem(
                            list(
                                issuer.jwtOf("user@example.com"),
                                Map.of(parameter.getKey(), parameter.getValue())),
                            400,
                            "USER")));
  }

  @Test
  void an_invalid_workflow_is_refused_with_message_and_code() {
    Response response =
        submit(issuer.jwtOf("user@example.com"), "default", file("workflow: {tasks: []}"));

    assertProblem(response, 400, "USAGE");
    assertThat(response.jsonPath().getString("message")).contains("name");
  }

  @TestFactory
  Stream<DynamicTest> a_malformed_body_is_refused() {
    return Stream.of("", "[]", "{\"file\":{}}", "nonsense")
        .map(
            body ->
                DynamicTest.dynamicTest(
                    "'" + body + "'",
                    () ->
                        assertProblem(
                            submit(issuer.jwtOf("user@example.com"), "default", body),
                            400,
                            "USER")));
  }

  @Test
  void a_body_of_another_media_type_is_refused() {
    Response response =
        as(issuer.jwtOf("user@example.com"))
            .contentType("text/plain")
            .body("workflow")
            .post("/api/pool/default/workflow");

    assertProblem(response, 415, "USER");
  }

  @Test
  void a_body_of_more_than_1_mib_is_refused() {
    Response response = submit(issuer.jwtOf("user@example.com"), "default", "x".repeat(2 << 20));

    assertProblem(response, 413, "USER");
  }

  @Test
  void an_unknown_pool_is_not_found() {
    Response response = submit(issuer.jwtOf("user@example.com"), "gpu", file(HELLO));

    assertProblem(response, 404, "USER");
    assertThat(response.jsonPath().getString("message")).contains("gpu");
  }

  @Test
  void a_dry_run_stores_nothing() {
    String eve = issuer.jwtOf("eve@example.com");

    Response response =
        as(eve)
            .contentType(ContentType.JSON)
            .body(file(HELLO))
            .post("/api/pool/default/workflow?dry_run=True");

    assertThat(response.jsonPath().getString("spec")).isEqualTo(HELLO);
    assertThat(response.jsonPath().getString("logs")).isNull();
    assertThat(members(list(eve), "name")).isEmpty();
  }

  private static Response submitWith(String jwt, String query, Map<String, ?> body) {
    return as(jwt)
        .contentType(ContentType.JSON)
        .body(body)
        .post("/api/pool/default/workflow" + (query.isEmpty() ? "" : "?" + query));
  }

  /** {@code osmo workflow validate}. */
  @Test
  void a_validation_stores_nothing() {
    String fay = issuer.jwtOf("fay@example.com");

    JsonPath response =
        submitWith(fay, "validation_only=True&dry_run=False", file(HELLO)).jsonPath();

    assertThat(response.getString("logs")).isEqualTo("Workflow validation succeeded.");
    assertThat(response.getString("spec")).isNull();
    assertThat(members(list(fay), "name")).isEmpty();
    assertProblem(submitWith(fay, "validation_only=True", file("workflow: {}")), 400, "USAGE");
  }

  /** OSMO's client sends a template as a dry run first, and then what that returned. */
  @Test
  void a_template_is_rendered() {
    String gus = issuer.jwtOf("gus@example.com");
    Map<String, Object> template =
        Map.of(
            "file",
            "workflow:\n  name: gus-{{ version }}\n  tasks: [{name: greet, image: ubuntu}]\ndefault-values:\n  version: 1\n",
            "set_variables",
            List.of("version=2"),
            "set_string_variables",
            List.of());

    assertThat(
            submitWith(gus, "dry_run=True&validation_only=True", template)
                .jsonPath()
                .getString("spec"))
        .isEqualTo("workflow:\n  name: gus-2\n  tasks: [{name: greet, image: ubuntu}]\n");
    assertThat(submitWith(gus, "", template).jsonPath().getString("name")).isEqualTo("gus-2-1");
    assertProblem(
        submitWith(gus, "", file("workflow:\n  name: {% x %}\n  tasks: []")), 400, "USAGE");
    assertThat(members(list(gus), "name")).containsExactly("gus-2-1");
  }

  @Test
  void labels_and_priority_are_kept_and_select() {
    String hal = issuer.jwtOf("hal@example.com");
    String labelled =
        "workflow:\n  name: hal\n  labels: {team: a, kind: x}\n  tasks: [{name: greet, image: ubuntu}]\n";
    submitWith(hal, "label=team=b&priority=HIGH", file(labelled)).then().statusCode(200);
    submitWith(hal, "env_vars=A=b", file(HELLO.replace("hello", "hal"))).then().statusCode(200);

    assertThat(list(hal).jsonPath().<Map<String, String>>getList("workflows.labels"))
        .containsExactly(Map.of(), Map.of("team", "b", "kind", "x"));
    assertThat(members(list(hal, Map.of("label", List.of("team=b", "kind=*"))), "name"))
        .containsExactly("hal-1");
    assertThat(members(list(hal, Map.of("label", List.of("team=a"))), "name")).isEmpty();
    assertThat(members(list(hal, Map.of("no_label", "team")), "name")).containsExactly("hal-2");
    assertThat(members(list(hal, Map.of("priority", "HIGH")), "name")).containsExactly("hal-1");
    assertThat(members(list(hal, Map.of("priority", List.of("LOW", "NORMAL"))), "name"))
        .containsExactly("hal-2");
    for (String time : List.of("2999-01-01T00:00:00", "2999-01-01", "2999-01-01T00:00+02:00")) {
      assertThat(members(list(hal, Map.of("submitted_after", time)), "name")).isEmpty();
      assertThat(members(list(hal, Map.of("submitted_before", time)), "name")).hasSize(2);
    }
  }

  /** What is not supported is refused, so that no result is wrong without a word. */
  @TestFactory
  Stream<DynamicTest> an_unsupported_parameter_is_refused() {
    String user = issuer.jwtOf("user@example.com");
    return Stream.of(
            "tags=a",
            "app=x",
            "priority=SOON",
            "label=a",
            "submitted_after=yesterday",
            "submitted_after=2027-13-01",
            "ower=x",
            "limit=1&limit=2")
        .map(
            query ->
                DynamicTest.dynamicTest(
                    query,
                    () -> assertProblem(as(user).get("/api/workflow?" + query), 400, "USER")));
  }

  @TestFactory
  Stream<DynamicTest> an_unsupported_submission_is_refused() {
    String user = issuer.jwtOf("user@example.com");
    return Map.of(
            "workflow_id=hello-1", "USAGE",
            "app_uuid=x", "USER",
            "priority=SOON", "USER",
            "dry_run=perhaps", "USER",
            "label=a", "USAGE",
            "label=a=b%20c", "USAGE",
            "env_vars=A", "USAGE")
        .entrySet()
        .stream()
        .map(
            query ->
                DynamicTest.dynamicTest(
                    query.getKey(),
                    () ->
                        assertProblem(
                            submitWith(user, query.getKey(), file(HELLO)), 400, query.getValue())));
  }

  /** OSMO's client submits a workflow by its id without a body. */
  @Test
  void a_submission_by_id_says_that_the_file_is_needed() {
    Response response =
        as(issuer.jwtOf("user@example.com"))
            .contentType("application/json")
            .post("/api/pool/default/workflow?workflow_id=hello-1");

    assertProblem(response, 400, "USAGE");
    assertThat(response.jsonPath().getString("message")).contains("send its file");
  }

  @Test
  void an_unknown_member_of_the_body_is_refused() {
    Response response =
        submitWith(issuer.jwtOf("user@example.com"), "", Map.of("file", HELLO, "surprise", 1));

    assertProblem(response, 400, "USER");
  }

  @TestFactory
  Stream<DynamicTest> a_jwt_that_is_not_valid_in_every_respect_is_a_401() {
    JwtClaims claims = issuer.claims("user@example.com");
    String valid = issuer.jwtOf("user@example.com");
    return Map.ofEntries(
            Map.entry("empty", ""),
            Map.entry("not a JWT", "nonsense"),
            Map.entry("a personal access token", "osmo_" + "0".repeat(28) + "2duGrq"),
            Map.entry("forged key", TestIssuer.sign(claims, TestIssuer.newKey("key-1"))),
            Map.entry("unknown key", TestIssuer.sign(claims, TestIssuer.newKey("key-9"))),
            Map.entry("unsigned", unsigned(claims)),
            Map.entry("HMAC with the public key", signedWithThePublicKey(claims)),
            Map.entry("broken signature", valid.replaceFirst("[^.]*$", "A".repeat(86))),
            Map.entry("empty signature", valid.replaceFirst("[^.]*$", "")),
            Map.entry("five parts", valid + ".x.y"),
            Map.entry("header null", "bnVsbA" + valid.substring(valid.indexOf('.'))),
            Map.entry("header of an array", "W10" + valid.substring(valid.indexOf('.'))),
            Map.entry("payload null", TestIssuer.sign("null", issuer.key, "at+jwt")),
            Map.entry("expiry before any time", withExpiry("-1e400")),
            Map.entry("issuer", issuer.jwtWith(c -> c.setIssuer("http://evil.example"))),
            Map.entry("audience", issuer.jwtWith(c -> c.setAudience("other"))),
            Map.entry("no audience", issuer.jwtWith(c -> c.unsetClaim("aud"))),
            Map.entry("expired", issuer.jwtWith(c -> c.setExpirationTime(inSeconds(-120)))),
            Map.entry("not yet valid", issuer.jwtWith(c -> c.setNotBefore(inSeconds(120)))),
            Map.entry("no expiry", issuer.jwtWith(c -> c.unsetClaim("exp"))),
            Map.entry("no time of issue", issuer.jwtWith(c -> c.unsetClaim("iat"))),
            Map.entry("no subject", issuer.jwtWith(c -> c.unsetClaim("sub"))),
            Map.entry("no roles claim", issuer.jwtWith(c -> c.unsetClaim("roles"))),
            Map.entry(
                "two subjects",
                TestIssuer.sign(
                    claims.toJson().replaceFirst("\\{", "{\"sub\":\"other\","),
                    issuer.key,
                    "at+jwt")))
        .entrySet()
        .stream()
        .map(jwt -> DynamicTest.dynamicTest(jwt.getKey(), () -> assert401(list(jwt.getValue()))));
  }

  @Test
  void a_request_without_credentials_is_a_401() {
    assert401(given().get("/api/workflow"));
    assert401(given().header("Authorization", "Basic dTpw").get("/api/workflow"));
    assert401(given().header("Authorization", "null").get("/api/workflow"));
    assert401(as("null").get("/api/workflow"));
    assertThat(given().get("/api/workflow").header("WWW-Authenticate")).isEqualTo("Bearer");
    assertThat(as("null").get("/api/workflow").header("WWW-Authenticate"))
        .isEqualTo("Bearer error=\"invalid_token\"");
  }

  private static void assert401(Response response) {
    assertProblem(response, 401, "USER");
    assertThat(response.header("WWW-Authenticate"))
        .isIn("Bearer", "Bearer error=\"invalid_token\"");
    assertThat(response.header("Link")).isEqualTo("</ui/problems#unauthenticated>; rel=\"help\"");
  }

  private static NumericDate inSeconds(long seconds) {
    return NumericDate.fromSeconds(Instant.now().plusSeconds(seconds).getEpochSecond());
  }

  private String withExpiry(String number) {
    String claims = issuer.claims("user@example.com").toJson();
    return TestIssuer.sign(
        claims.replaceFirst("\"exp\":\\d+", "\"exp\":" + number), issuer.key, "at+jwt");
  }

  private String unsigned(JwtClaims claims) {
    JsonWebSignature jws = new JsonWebSignature();
    jws.setAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS);
    jws.setAlgorithmHeaderValue("none");
    jws.setKeyIdHeaderValue(issuer.key.getKeyId());
    jws.setPayload(claims.toJson());
    return TestIssuer.serialized(jws);
  }

  private String signedWithThePublicKey(JwtClaims claims) {
    JsonWebSignature jws = new JsonWebSignature();
    jws.setAlgorithmHeaderValue("HS256");
    jws.setKeyIdHeaderValue(issuer.key.getKeyId());
    jws.setKey(
        new HmacKey(
            issuer.key.toJson(OutputControlLevel.PUBLIC_ONLY).getBytes(StandardCharsets.UTF_8)));
    jws.setPayload(claims.toJson());
    return TestIssuer.serialized(jws);
  }

  @Test
  void a_jwt_without_a_sufficient_role_is_a_403() {
    assertProblem(list(issuer.jwtWith(c -> c.setStringListClaim("roles"))), 403, "USER");
    assertProblem(list(issuer.jwtWith(c -> c.setStringListClaim("roles", "other"))), 403, "USER");
    assertProblem(
        submit(issuer.jwtWith(c -> c.setStringListClaim("roles")), "default", file(HELLO)),
        403,
        "USER");
  }

  /** A limit of SmallRye JWT that its configuration cannot change. */
  @Test
  void the_type_header_is_not_checked() {
    String claims = issuer.claims("user@example.com").toJson();

    assertThat(list(TestIssuer.sign(claims, issuer.key, "JWT")).statusCode()).isEqualTo(200);
  }
}
