package dev.osmo.local.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkflowApiTest {
  private static final String ISSUER = "http://localhost:8080";
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final String HELLO = "workflow:\n  name: hello\n  tasks: []\n";

  @TempDir static Path temp;

  private static ECKey key;
  private static ECKey strangersKey;
  private static HttpServer jwks;
  private static Vertx vertx;
  private static int port;

  @BeforeAll
  static void start() throws Exception {
    key = new ECKeyGenerator(Curve.P_256).keyIDFromThumbprint(true).generate();
    strangersKey = new ECKeyGenerator(Curve.P_256).keyID(key.getKeyID()).generate();
    jwks = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    byte[] keys = new JWKSet(key).toString().getBytes(StandardCharsets.UTF_8);
    jwks.createContext(
        "/keys",
        exchange -> {
          exchange.sendResponseHeaders(200, keys.length);
          exchange.getResponseBody().write(keys);
          exchange.close();
        });
    jwks.start();
    vertx = Vertx.vertx();
    port =
        serve(URI.create("http://127.0.0.1:%d/keys".formatted(jwks.getAddress().getPort())), temp);
  }

  private static int serve(URI keys, Path folder) {
    Router router = Router.router(vertx);
    new WorkflowApi(vertx, folder, keys, ISSUER).addTo(router);
    return vertx
        .createHttpServer(new HttpServerOptions().setHost("127.0.0.1").setPort(0))
        .requestHandler(router)
        .listen()
        .toCompletionStage()
        .toCompletableFuture()
        .join()
        .actualPort();
  }

  @AfterAll
  static void stop() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
    jwks.stop(0);
  }

  private static JWTClaimsSet.Builder claims(String user) {
    Instant now = Instant.now();
    return new JWTClaimsSet.Builder()
        .issuer(ISSUER)
        .audience("osmo")
        .subject(user)
        .issueTime(Date.from(now))
        .notBeforeTime(Date.from(now))
        .expirationTime(Date.from(now.plusSeconds(300)))
        .claim("roles", List.of("osmo-user"));
  }

  private static String jwt(JWTClaimsSet claims, ECKey signer, String type) throws JOSEException {
    JWSHeader header =
        new JWSHeader.Builder(JWSAlgorithm.ES256)
            .keyID(signer.getKeyID())
            .type(new JOSEObjectType(type))
            .build();
    SignedJWT jwt = new SignedJWT(header, claims);
    jwt.sign(new ECDSASigner(signer));
    return jwt.serialize();
  }

  private static String jwtOf(String user) throws JOSEException {
    return jwt(claims(user).build(), key, "at+jwt");
  }

  private static String jwtWith(UnaryOperator<JWTClaimsSet.Builder> change) throws JOSEException {
    return jwt(change.apply(claims("u@example.com")).build(), key, "at+jwt");
  }

  private static HttpResponse<String> list(String jwt, String query) throws Exception {
    return HTTP.send(request("/api/workflow" + query, jwt).build(), BodyHandlers.ofString());
  }

  private static HttpResponse<String> submit(String jwt, String pool, String body)
      throws Exception {
    return submitTo("/api/pool/" + pool + "/workflow", jwt, body);
  }

  private static HttpResponse<String> submitTo(String target, String jwt, String body)
      throws Exception {
    return HTTP.send(
        request(target, jwt)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  private static HttpRequest.Builder request(String target, String jwt) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + target))
        .header("Authorization", "Bearer " + jwt);
  }

  private static String file(String yaml) {
    return new JsonObject().put("file", yaml).encode();
  }

  @Test
  void a_submission_is_answered_and_listed_as_existing_clients_expect() throws Exception {
    String jwt = jwtOf("ann@example.com");

    JsonObject answer =
        new JsonObject(submit(jwt, "default", file(HELLO.replace("hello", "ann"))).body());
    JsonObject list =
        new JsonObject(list(jwt, "?order=DESC&all_pools=True&limit=20&offset=0").body());

    assertThat(answer.getMap().keySet())
        .containsExactly("name", "overview", "logs", "spec", "dashboard_url", "warnings");
    assertThat(answer.getString("name")).isEqualTo("ann-1");
    assertThat(answer.getString("overview")).isEqualTo(ISSUER + "/workflows/ann-1");
    assertThat(answer.getString("logs")).isNotNull();
    assertThat(answer.getString("spec")).isNull();
    assertThat(list.getBoolean("more_entries")).isFalse();
    JsonObject entry = list.getJsonArray("workflows").getJsonObject(0);
    assertThat(entry.getString("user")).isEqualTo("ann@example.com");
    assertThat(entry.getString("name")).isEqualTo("ann-1");
    assertThat(entry.getString("status")).isEqualTo("PENDING");
    assertThat(Instant.parse(entry.getString("submit_time")))
        .isBefore(Instant.now().plusSeconds(60));
  }

  @Test
  void a_list_shows_ones_own_unless_more_is_asked_for() throws Exception {
    submit(jwtOf("bob@example.com"), "default", file(HELLO));
    submit(jwtOf("cid@example.com"), "default", file(HELLO));
    String bob = jwtOf("bob@example.com");

    assertThat(usersIn(list(bob, "?all_users=False"))).containsOnly("bob@example.com");
    assertThat(usersIn(list(bob, "?users=cid%40example.com&users=nobody")))
        .containsOnly("cid@example.com");
    assertThat(usersIn(list(bob, "?all_users=True")))
        .contains("bob@example.com", "cid@example.com");
  }

  @Test
  void order_limit_and_offset_cut_the_page() throws Exception {
    String dee = jwtOf("dee@example.com");
    for (int i = 0; i < 3; i++) {
      submit(dee, "default", file(HELLO.replace("hello", "dee")));
    }

    assertThat(namesIn(list(dee, "?order=DESC&limit=2"))).containsExactly("dee-3", "dee-2");
    assertThat(namesIn(list(dee, "?order=ASC&limit=2&offset=1"))).containsExactly("dee-2", "dee-3");
    assertThat(new JsonObject(list(dee, "?limit=2").body()).getBoolean("more_entries")).isTrue();
    assertThat(new JsonObject(list(dee, "?limit=3").body()).getBoolean("more_entries")).isFalse();
  }

  @Test
  void a_parameter_that_makes_no_sense_is_refused() throws Exception {
    for (String query :
        List.of(
            "?limit=0",
            "?limit=x",
            "?limit=99999999999",
            "?offset=-1",
            "?order=up",
            "?all_users=yes")) {
      assertThat(list(jwtOf("u@example.com"), query).statusCode()).as(query).isEqualTo(400);
    }
  }

  @Test
  void a_bad_workflow_is_refused_with_message_and_code() throws Exception {
    HttpResponse<String> response =
        submit(jwtOf("u@example.com"), "default", file("workflow: {tasks: []}"));

    assertThat(response.statusCode()).isEqualTo(400);
    JsonObject problem = new JsonObject(response.body());
    assertThat(problem.getString("message")).contains("name");
    assertThat(problem.getString("error_code")).isEqualTo("SUBMISSION");
  }

  @Test
  void an_odd_body_is_refused() throws Exception {
    for (String body : List.of("", "[]", "{\"file\":7}", "nonsense")) {
      assertThat(submit(jwtOf("u@example.com"), "default", body).statusCode())
          .as(body)
          .isEqualTo(400);
    }
    assertThat(submit(jwtOf("u@example.com"), "default", "x".repeat(2 << 20)).statusCode())
        .isEqualTo(413);
  }

  @Test
  void another_pool_does_not_exist() throws Exception {
    HttpResponse<String> response = submit(jwtOf("u@example.com"), "gpu", file(HELLO));

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(new JsonObject(response.body()).getString("message")).contains("gpu");
  }

  @Test
  void a_dry_run_keeps_nothing() throws Exception {
    String eve = jwtOf("eve@example.com");

    HttpResponse<String> response =
        submitTo("/api/pool/default/workflow?dry_run=True", eve, file(HELLO));

    JsonObject answer = new JsonObject(response.body());
    assertThat(answer.getString("spec")).isEqualTo(HELLO);
    assertThat(answer.getString("logs")).isNull();
    assertThat(namesIn(list(eve, ""))).isEmpty();
  }

  @Test
  void only_a_jwt_of_ours_is_believed() throws Exception {
    Date past = Date.from(Instant.now().minusSeconds(120));
    List<String> lies =
        List.of(
            "",
            "nonsense",
            "osmo_not-a-jwt",
            jwt(claims("u").build(), strangersKey, "at+jwt"),
            jwt(claims("u").build(), key, "JWT"),
            jwtWith(c -> c.issuer("http://evil.example")),
            jwtWith(c -> c.audience("other")),
            jwtWith(c -> c.expirationTime(past)),
            jwtWith(c -> c.expirationTime(null)),
            jwtWith(c -> c.subject(null)),
            jwtWith(c -> c.claim("roles", null)),
            jwtWith(c -> c.claim("roles", "osmo-admin")),
            new PlainJWT(claims("u").build()).serialize(),
            signedWithThePublicKeyAsSecret(),
            jwt(
                claims("u").build(),
                new ECKeyGenerator(Curve.P_256).keyID("x").generate(),
                "at+jwt"),
            jwtOf("u").replaceFirst("[^.]*$", "A".repeat(86)),
            jwtOf("u").replaceFirst("[^.]*$", ""),
            jwtOf("u") + ".x.y",
            withASubjectTwice());

    for (String lie : lies) {
      HttpResponse<String> response = list(lie, "");
      assertThat(response.statusCode()).as(lie).isEqualTo(401);
      assertThat(response.headers().firstValue("WWW-Authenticate")).isPresent();
    }
    assertThat(
            HTTP.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/workflow"))
                        .build(),
                    BodyHandlers.ofString())
                .statusCode())
        .isEqualTo(401);
  }

  private static String signedWithThePublicKeyAsSecret() throws JOSEException {
    SignedJWT jwt =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.HS256)
                .keyID(key.getKeyID())
                .type(new JOSEObjectType("at+jwt"))
                .build(),
            claims("u").build());
    jwt.sign(new MACSigner(key.toPublicJWK().toString().getBytes(StandardCharsets.UTF_8)));
    return jwt.serialize();
  }

  private static String withASubjectTwice() throws JOSEException {
    JWSObject jws =
        new JWSObject(
            new JWSHeader.Builder(JWSAlgorithm.ES256)
                .keyID(key.getKeyID())
                .type(new JOSEObjectType("at+jwt"))
                .build(),
            new Payload(claims("u").build().toString().replaceFirst("\\{", "{\"sub\":\"v\",")));
    jws.sign(new ECDSASigner(key));
    return jws.serialize();
  }

  @Test
  void a_jwt_without_roles_may_do_nothing() throws Exception {
    assertThat(list(jwtWith(c -> c.claim("roles", List.of())), "").statusCode()).isEqualTo(403);
  }

  @Test
  void without_keys_the_answer_is_try_later_and_not_who_are_you() throws Exception {
    int usual = port;
    try {
      port = serve(URI.create("http://127.0.0.1:1/keys"), temp.resolve("lonely"));

      assertThat(list(jwtOf("u@example.com"), "").statusCode()).isEqualTo(503);
    } finally {
      port = usual;
    }
  }

  private static List<String> namesIn(HttpResponse<String> list) {
    return values(list, "name");
  }

  private static List<String> usersIn(HttpResponse<String> list) {
    return values(list, "user");
  }

  private static List<String> values(HttpResponse<String> list, String field) {
    return new JsonObject(list.body())
        .getJsonArray("workflows").stream()
            .map(JsonObject.class::cast)
            .map(entry -> entry.getString(field))
            .toList();
  }
}
