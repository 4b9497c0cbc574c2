package dev.osmo.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static dev.osmo.cli.RunningSidecar.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.WireMockServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code osmo sidecar run} listens on: the API, the probes, and the end. */
class SidecarApiIT {
  private static final String EXCHANGE = "/api/auth/jwt/access_token";
  private static final String NARROW = "/oauth2/token";

  private final WireMockServer server =
      new WireMockServer(options().dynamicPort().bindAddress("127.0.0.1").jettyAcceptors(1));

  @TempDir Path folder;

  @BeforeEach
  void start() {
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  private RunningSidecar sidecar(String... options) throws IOException {
    Path home = Files.createDirectories(folder.resolve("home"));
    return RunningSidecar.start(
        home,
        Map.of("OSMO_URL", "http://localhost:" + server.port(), "OSMO_TOKEN", Contracts.token()),
        options);
  }

  private static String get(String target, String... fields) {
    return "GET "
        + target
        + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
        + String.join("", List.of(fields).stream().map(field -> field + "\r\n").toList())
        + "\r\n";
  }

  private static String token(String query) {
    return get("/v1/token" + query, "Osmo-Sidecar: true");
  }

  private static JsonNode body(String response) {
    return Contracts.json(response.substring(response.indexOf("\r\n\r\n") + 4));
  }

  private String answers(String jwt) {
    server.stubFor(
        post(urlPathEqualTo(EXCHANGE)).willReturn(okJson("{\"token\":\"" + jwt + "\"}")));
    return jwt;
  }

  private String answersNarrow(String audience, String jwt) {
    server.stubFor(
        post(urlPathEqualTo(NARROW))
            .withRequestBody(containing("audience=" + audience + "&"))
            .willReturn(okJson("{\"access_token\":\"" + jwt + "\",\"expires_in\":300}")));
    return jwt;
  }

  private void refuses() {
    server.stubFor(
        post(urlPathEqualTo(EXCHANGE))
            .willReturn(
                aResponse()
                    .withStatus(401)
                    .withHeader("Content-Type", "application/problem+json")
                    .withBody("{\"type\":\"urn:osmo:problem:token-revoked\",\"message\":\"No\"}")));
  }

  private int exchanges(String path) {
    return server.findAll(postRequestedFor(urlPathEqualTo(path))).size();
  }

  @Test
  @Tag("I1")
  void a_program_gets_the_jwt_and_its_remaining_life() throws Exception {
    String jwt = answers(FakeJwt.livingFor(300, "api"));
    try (RunningSidecar sidecar = sidecar("--listen", "127.0.0.1:0")) {
      String response = RawClient.response(sidecar.port("API"), token(""));

      assertThat(response).startsWith("HTTP/1.1 200 ").contains("Cache-Control: no-store");
      assertThat(body(response).path("access_token").asText()).isEqualTo(jwt);
      assertThat(body(response).path("token_type").asText()).isEqualTo("Bearer");
      assertThat(body(response).path("expires_in").asInt()).isBetween(1, 300);
      assertThat(sidecar.err()).doesNotContain(jwt, Contracts.token());
    }
  }

  @Test
  void a_unix_socket_is_for_the_user_and_the_group_and_replaces_an_abandoned_one()
      throws Exception {
    String jwt = answers(FakeJwt.livingFor(300, "unix"));
    Path socket = folder.resolve("s");
    try (RunningSidecar killed = sidecar("--listen", "unix:" + socket)) {
      eventually().until(() -> Files.exists(socket));
      eventually().until(() -> killed.err().contains("API on"));
      SystemProgram.exitOf(killed.process().destroyForcibly());
    }
    assertThat(socket).exists();
    try (RunningSidecar sidecar = sidecar("--listen", "unix:" + socket)) {
      eventually().until(() -> sidecar.err().contains("API on"));
      try (RawClient client = RawClient.to(socket)) {
        assertThat(body(client.send(token("")).rest()).path("access_token").asText())
            .isEqualTo(jwt);
      }
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
          .isEqualTo("rw-rw----");
      assertThat(sidecar.endAfter("TERM").code()).isZero();
    }
    assertThat(socket).doesNotExist();
  }

  @Test
  void a_thousand_parallel_callers_cause_one_exchange() throws Exception {
    String jwt = answersNarrow("crowd", FakeJwt.livingFor(300, "crowd"));
    answers(FakeJwt.livingFor(300, "api"));
    try (RunningSidecar sidecar = sidecar("--listen", "127.0.0.1:0");
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      int port = sidecar.port("API");
      List<Future<String>> responses = new ArrayList<>();
      for (int i = 0; i < 1000; i++) {
        responses.add(
            callers.submit(() -> RawClient.response(port, token("?audience=crowd&roles=a+b"))));
      }

      Set<String> jwts = new HashSet<>();
      for (Future<String> response : responses) {
        jwts.add(body(response.get()).path("access_token").asText());
      }
      assertThat(jwts).containsExactly(jwt);
      assertThat(exchanges(NARROW)).isEqualTo(1);
    }
  }

  @Test
  @Tag("I9")
  void requests_of_pages_proxies_and_other_hosts_are_refused() throws Exception {
    String jwt = answers(FakeJwt.livingFor(300, "guard"));
    String good = "Osmo-Sidecar: true\r\n";
    String start = "GET /v1/token HTTP/1.1\r\n";
    String host = "Host: localhost\r\n";
    Map<String, Integer> refused =
        Map.ofEntries(
            Map.entry(start + host + "\r\n", 403),
            Map.entry(start + host + "Osmo-Sidecar: 1\r\n\r\n", 403),
            Map.entry(start + host + good + good + "\r\n", 403),
            Map.entry(start + host + good + "Origin: http://localhost\r\n\r\n", 403),
            Map.entry(start + host + good + "X-Forwarded-For: 10.0.0.1\r\n\r\n", 403),
            Map.entry(start + host + good + "X-FORWARDED-HOST: a\r\n\r\n", 403),
            Map.entry(start + host + good + "Forwarded: for=10.0.0.1\r\n\r\n", 403),
            Map.entry(start + "Host: evil.example.com\r\n" + good + "\r\n", 403),
            Map.entry(start + "Host: localhost.example.com\r\n" + good + "\r\n", 403),
            Map.entry(start + good + "\r\n", 400),
            Map.entry(start + host + host + good + "\r\n", 400),
            Map.entry(start + host + good + "Content-Length: 2\r\n\r\nab", 413),
            Map.entry(start + host + good + "A: b\r\n continued\r\n\r\n", 400),
            Map.entry(start + host + good + "Origin : a\r\n\r\n", 400),
            Map.entry("GET /v1/token\n\n", 400),
            Map.entry("GET http://localhost/v1/token HTTP/1.1\r\n" + host + good + "\r\n", 400),
            Map.entry("POST /v1/token HTTP/1.1\r\n" + host + good + "\r\n", 405),
            Map.entry("GET /v1/tokens HTTP/1.1\r\n" + host + good + "\r\n", 404),
            Map.entry("GET /v1/token?pat=1 HTTP/1.1\r\n" + host + good + "\r\n", 400),
            Map.entry("GET /v1/token?min_ttl=a HTTP/1.1\r\n" + host + good + "\r\n", 400),
            Map.entry(
                "GET /v1/token?audience=a&audience=b HTTP/1.1\r\n" + host + good + "\r\n", 400),
            Map.entry(start + host + good + "A: " + "b".repeat(40_000) + "\r\n\r\n", 431));
    try (RunningSidecar sidecar = sidecar("--listen", "127.0.0.1:0")) {
      int port = sidecar.port("API");
      assertThat(RawClient.response(port, token(""))).contains(jwt);
      for (Map.Entry<String, Integer> each : refused.entrySet()) {
        try (RawClient client = RawClient.to(port)) {
          String head = client.send(each.getKey()).until("\r\n\r\n");
          assertThat(RawClient.status(head)).as(each.getKey()).isEqualTo(each.getValue());
          assertThat(head).contains("application/problem+json");
        }
      }
    }
  }

  @Test
  void a_client_that_sends_nothing_is_disconnected() throws Exception {
    answers(FakeJwt.livingFor(300, "slow"));
    try (RunningSidecar sidecar = sidecar("--listen", "127.0.0.1:0");
        RawClient idle = RawClient.to(sidecar.port("API"));
        RawClient slow = RawClient.to(sidecar.port("API"))) {
      slow.send("GET /v1/token HTTP/1.1\r\nHost:");

      assertThat(idle.rest()).isEmpty();
      assertThat(slow.rest()).isEmpty();
    }
  }

  @Test
  @Tag("I6")
  void each_audience_has_its_own_jwt_which_is_exchanged_once() throws Exception {
    answers(FakeJwt.livingFor(300, "whole"));
    String first = answersNarrow("first", FakeJwt.livingFor(300, "first"));
    String second = answersNarrow("second", FakeJwt.livingFor(300, "second"));
    try (RunningSidecar sidecar = sidecar("--listen", "127.0.0.1:0")) {
      int port = sidecar.port("API");
      for (int i = 0; i < 3; i++) {
        assertThat(RawClient.response(port, token("?audience=first&roles=a"))).contains(first);
        assertThat(RawClient.response(port, token("?roles=a&audience=second"))).contains(second);
      }
      assertThat(exchanges(NARROW)).isEqualTo(2);
    }
  }

  @Test
  @Tag("I10")
  void the_number_of_different_rights_is_limited() throws Exception {
    answers(FakeJwt.livingFor(300, "whole"));
    server.stubFor(
        post(urlPathEqualTo(NARROW))
            .willReturn(okJson("{\"access_token\":\"" + FakeJwt.livingFor(300, "any") + "\"}")));
    try (RunningSidecar sidecar = sidecar("--listen", "127.0.0.1:0")) {
      int port = sidecar.port("API");
      for (int i = 0; i < 64; i++) {
        assertThat(RawClient.response(port, token("?audience=a" + i))).startsWith("HTTP/1.1 200");
      }
      assertThat(RawClient.response(port, token("?audience=more"))).startsWith("HTTP/1.1 503");
      assertThat(RawClient.response(port, token("?audience=a1"))).startsWith("HTTP/1.1 200");
      assertThat(exchanges(NARROW)).isEqualTo(64);
    }
  }

  @Test
  void a_required_rest_of_life_causes_an_exchange_or_a_refusal() throws Exception {
    answers(FakeJwt.livingFor(60, "old"));
    try (RunningSidecar sidecar = sidecar("--listen", "127.0.0.1:0")) {
      int port = sidecar.port("API");
      eventually().until(() -> RawClient.response(port, token("")).contains("HTTP/1.1 200"));
      String young = answers(FakeJwt.livingFor(200, "young"));

      assertThat(RawClient.response(port, token("?min_ttl=100"))).doesNotContain(young);
      eventually().until(() -> RawClient.response(port, token("?min_ttl=53")).contains(young));
      String tooLong = RawClient.response(port, token("?min_ttl=250"));
      assertThat(tooLong).startsWith("HTTP/1.1 400").contains("rights-refused");
      assertThat(exchanges(EXCHANGE)).isLessThanOrEqualTo(3);
    }
  }

  @Test
  @Tag("I3")
  void a_refused_token_is_reported_by_the_api_and_the_probes_and_heals() throws Exception {
    refuses();
    try (RunningSidecar sidecar = sidecar("--listen", "127.0.0.1:0", "--health", "127.0.0.1:0")) {
      int api = sidecar.port("API");
      int probes = sidecar.port("Probes");
      eventually().until(() -> sidecar.err().contains("not renewed"));

      String refused = RawClient.response(api, token(""));
      assertThat(refused).startsWith("HTTP/1.1 502").contains("token-refused", "No");
      assertThat(RawClient.response(probes, get("/startup"))).startsWith("HTTP/1.1 503");
      assertThat(RawClient.response(probes, get("/readiness"))).startsWith("HTTP/1.1 503");
      assertThat(RawClient.response(probes, get("/liveness"))).startsWith("HTTP/1.1 200");
      assertThat(
              RunningSidecar.run(
                      folder.resolve("home"),
                      "wait",
                      "--timeout=0",
                      "--health",
                      "127.0.0.1:" + probes)
                  .code())
          .isEqualTo(75);

      String healed = answers(FakeJwt.livingFor(300, "healed"));
      CommandResult waited =
          RunningSidecar.run(
              folder.resolve("home"), "wait", "--timeout=600", "--health", "127.0.0.1:" + probes);
      assertThat(waited).isEqualTo(new CommandResult(0, "", ""));
      assertThat(RawClient.response(api, token(""))).contains(healed);
      assertThat(RawClient.response(probes, get("/startup"))).startsWith("HTTP/1.1 200");
      assertThat(RawClient.response(probes, get("/metrics")))
          .contains("osmo_sidecar_ready 1")
          .contains("osmo_sidecar_renewals_total{jwt=\"audience osmo\"} 1")
          .contains("osmo_sidecar_api_responses_total{status=\"5xx\"} 1")
          .doesNotContain(healed);
      assertThat(RawClient.response(probes, token(""))).startsWith("HTTP/1.1 404");
    }
  }

  @Test
  void a_long_retry_after_is_respected() throws Exception {
    server.stubFor(
        post(urlPathEqualTo(EXCHANGE))
            .willReturn(aResponse().withStatus(503).withHeader("Retry-After", "120")));
    try (RunningSidecar sidecar = sidecar("--listen", "127.0.0.1:0")) {
      int port = sidecar.port("API");
      eventually().until(() -> sidecar.err().contains("not renewed"));
      for (int i = 0; i < 20; i++) {
        assertThat(RawClient.response(port, token("")))
            .startsWith("HTTP/1.1 503")
            .contains("Retry-After: 120", "no-jwt");
      }
      assertThat(exchanges(EXCHANGE)).isEqualTo(1);
    }
  }

  @Test
  void shutdown_ends_only_a_sidecar_that_allows_it() throws Exception {
    answers(FakeJwt.livingFor(300, "end"));
    Path home = Files.createDirectories(folder.resolve("home"));
    Path sink = home.resolve("jwt");
    try (RunningSidecar strict = sidecar("--listen", "127.0.0.1:0");
        RunningSidecar kind =
            sidecar("--listen", "127.0.0.1:0", "--allow-quit", "--sink", "file:" + sink)) {
      eventually().until(() -> Files.exists(sink));

      CommandResult refused =
          RunningSidecar.run(home, "shutdown", "--listen", "127.0.0.1:" + strict.port("API"));
      assertThat(refused.code()).isEqualTo(7);
      assertThat(refused.err()).contains("--allow-quit");
      assertThat(strict.process().isAlive()).isTrue();

      CommandResult ended =
          RunningSidecar.run(home, "shutdown", "--listen", "127.0.0.1:" + kind.port("API"));
      assertThat(ended).isEqualTo(new CommandResult(0, "", ""));
      assertThat(kind.started().finish().code()).isZero();
      assertThat(sink).doesNotExist();
    }
  }
}
