package dev.osmo.local.gateway;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.osmo.local.CannotStart;
import dev.osmo.local.process.FreePorts;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GatewayTest {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final String HOST = "Host: localhost";

  private static Vertx vertx;
  private static Upstream tokenService;
  private static Upstream authExchange;
  private static Upstream sampleApi;
  private static PublicAddress address;

  @BeforeAll
  static void start() throws IOException {
    vertx = Vertx.vertx();
    tokenService = Upstream.start("token-service");
    authExchange = Upstream.start("auth-exchange-service");
    sampleApi = Upstream.start("sample-api");
    address = open(tokenService.port(), authExchange.port(), sampleApi.port());
  }

  private static PublicAddress open(int tokenServicePort, int authExchangePort, int sampleApiPort) {
    PublicAddress address = new PublicAddress(FreePorts.find(1).getFirst());
    Gateway gateway = new Gateway(vertx);
    address.listen(vertx, gateway.router());
    gateway.forward(tokenServicePort, authExchangePort, sampleApiPort).open();
    return address;
  }

  @AfterAll
  static void stop() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
    tokenService.close();
    authExchange.close();
    sampleApi.close();
  }

  @ParameterizedTest
  @CsvSource({
    "/api/auth/access_token, token-service",
    "/api/auth/access_token/my-token/roles, token-service",
    "/api/auth/user, token-service",
    "/api/auth/user/user@example.com/access_token/ci, token-service",
    "/api/auth/user/user%40example.com, token-service",
    "/api/auth/roles/osmo-user/users, token-service",
    "/api/auth/leaked, token-service",
    "/api/auth/audit?limit=5, token-service",
    "/api/auth/tokens?owner=user%40example.com, token-service",
    "/scim/v2/Users/user%40example.com, token-service",
    "/ssf/events, token-service",
    "/api/configs/role/x, token-service",
    "/api/configs/policy, token-service",
    "/api/profile/settings, token-service",
    "/api/version, token-service",
    "/client/version, token-service",
    "/api/pool, token-service",
    "/api/pool_quota?pools=default, token-service",
    "/api/pool?all=True, token-service",
    "/api/auth/jwt/access_token, auth-exchange-service",
    "/api/auth/keys, auth-exchange-service",
    "/api/auth/login, auth-exchange-service",
    "/oauth2/token, auth-exchange-service",
    "/.well-known/jwks.json, auth-exchange-service",
    "/api/workflow, sample-api",
    "/api/workflow?order=DESC&all_pools=True, sample-api"
  })
  void a_path_of_the_route_table_reaches_its_service_unchanged(String target, String service)
      throws Exception {
    JsonObject seen = new JsonObject(get(target).body());

    assertThat(seen.getString("service")).isEqualTo(service);
    assertThat(seen.getString("target")).isEqualTo(target);
  }

  /** The service must see the path that was routed, not the one that was sent. */
  @ParameterizedTest
  @CsvSource({
    "//api/auth/user?x=//y, token-service, /api/auth/user?x=//y",
    "/api//auth///jwt//access_token, auth-exchange-service, /api/auth/jwt/access_token",
    "//api/workflow, sample-api, /api/workflow"
  })
  void repeated_slashes_are_collapsed_before_routing(String sent, String service, String target)
      throws IOException {
    JsonObject seen = new JsonObject(new RawHttp(address.port()).send("GET " + sent, HOST).body());

    assertThat(seen.getString("service")).isEqualTo(service);
    assertThat(seen.getString("target")).isEqualTo(target);
  }

  @Test
  void repeated_slashes_reach_no_other_route() throws IOException {
    RawHttp.Response response = new RawHttp(address.port()).send("GET //q//metrics", HOST);

    assertThat(response.status()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api",
        "/api/auth",
        "/api/auth/access_tokens",
        "/api/auth/users",
        "/api/auth/jwtx",
        "/api/poolx",
        "/api/pool/default",
        "/api/pool/default/workflow",
        "/api/workflow/hello-1/logs",
        "/api/config",
        "/api/auth/tokensx",
        "/q/health/ready",
        "/q/metrics",
        "/API/AUTH/USER",
        "/oauth",
        "/favicon.ico"
      })
  void a_path_outside_the_route_table_is_not_found(String target) throws Exception {
    HttpResponse<String> response = get(target);

    assertThat(response.statusCode()).isEqualTo(404);
    assertProblem(response, "urn:osmo:problem:no-such-route");
    assertThat(response.headers().firstValue("Link"))
        .contains("</ui/problems#no-such-route>; rel=\"help\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/auth/jwt/../user",
        "/api/auth/jwt/%2e%2e/user",
        "/api/auth/jwt%2f..%2fuser",
        "/api/auth/jwt/..;/user",
        "//api/auth/../user",
        "/api/auth/user;/../../q/metrics",
        "/api/auth/user/%2E%2E/%2E%2E/%2E%2E/q/metrics",
        "/api/auth/jwt/..%5cuser"
      })
  void an_ambiguous_path_is_refused(String target) throws IOException {
    RawHttp.Response response = new RawHttp(address.port()).send("GET " + target, HOST);

    assertThat(response.status()).isEqualTo(400);
    assertThat(response.body()).contains("urn:osmo:problem:bad-path");
  }

  @Test
  void a_submission_reaches_the_sample_api_and_no_other_method_does() throws Exception {
    URI target = URI.create(address.url() + "/api/pool/default/workflow");
    HttpRequest post = HttpRequest.newBuilder(target).POST(BodyPublishers.ofString("{}")).build();
    HttpRequest delete = HttpRequest.newBuilder(target).DELETE().build();

    JsonObject seen = new JsonObject(HTTP.send(post, BodyHandlers.ofString()).body());

    assertThat(seen.getString("service")).isEqualTo("sample-api");
    assertThat(seen.getString("target")).isEqualTo("/api/pool/default/workflow");
    assertThat(HTTP.send(delete, BodyHandlers.ofString()).statusCode()).isEqualTo(404);
  }

  /** RFC 9112, section 3.2.2. */
  @ParameterizedTest
  @CsvSource({
    "http://osmo.example:8080/api/auth/user?limit=5, /api/auth/user?limit=5, osmo.example:8080",
    "HTTPS://[::1]/api/version, /api/version, [::1]"
  })
  void an_absolute_target_is_forwarded_as_path(String target, String path, String authority)
      throws IOException {
    RawHttp.Response response = new RawHttp(address.port()).send("GET " + target, HOST);

    assertThat(response.status()).as(response.body()).isEqualTo(200);
    JsonObject seen = new JsonObject(response.body());
    assertThat(seen.getString("target")).isEqualTo(path);
    assertThat(seen.getJsonObject("headers").getString("X-forwarded-host")).isEqualTo(authority);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://user@osmo.example/api/version",
        "http:///api/version",
        "ftp://osmo.example/api/version",
        "http://osmo.example/api/auth/jwt/../user",
        "http://osmo.example/api/auth/user;x"
      })
  void an_ambiguous_absolute_target_is_refused(String target) throws IOException {
    assertThat(new RawHttp(address.port()).send("GET " + target, HOST).status()).isEqualTo(400);
  }

  @Test
  void a_response_without_a_body_announces_none() throws IOException {
    for (RawHttp.Response response :
        List.of(
            new RawHttp(address.port()).send("GET /api/auth/keys", HOST, "If-None-Match: \"1\""),
            new RawHttp(address.port()).send("HEAD /api/auth/keys", HOST))) {
      assertThat(response.status()).isIn(200, 304);
      assertThat(response.head().toLowerCase(Locale.ROOT)).doesNotContain("transfer-encoding");
      assertThat(response.body()).isEmpty();
    }
  }

  /** curl waits a second for it, and some clients wait for ever. */
  @Test
  void a_client_that_waits_before_it_sends_the_body_is_told_to_continue() throws IOException {
    try (Socket client = new Socket(InetAddress.getLoopbackAddress(), address.port())) {
      client.setSoTimeout(180_000);
      client
          .getOutputStream()
          .write(
              "POST /oauth2/token HTTP/1.1\r\nHost: a\r\nConnection: close\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n"
                  .getBytes(US_ASCII));
      assertThat(new String(client.getInputStream().readNBytes(25), US_ASCII))
          .isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");

      client.getOutputStream().write("a=b".getBytes(US_ASCII));

      assertThat(new String(client.getInputStream().readAllBytes(), US_ASCII))
          .startsWith("HTTP/1.1 200 ")
          .contains("\"body\":\"a=b\"")
          .doesNotContain("100-continue");
    }
  }

  /** 512 characters, each four bytes long, each byte as three characters. */
  @Test
  void the_longest_description_is_forwarded() throws IOException {
    String target = "/api/auth/access_token/ci?description=" + "%F0%9F%94%91".repeat(512);

    RawHttp.Response response = new RawHttp(address.port()).send("POST " + target, HOST);

    assertThat(response.status()).isEqualTo(200);
    assertThat(new JsonObject(response.body()).getString("target")).isEqualTo(target);
  }

  @ParameterizedTest
  @CsvSource({
    "GET /api/version?LONG, X: y, 414, uri-too-long",
    "GET /api/version, X: LONG, 431, headers-too-large",
    "GET /api/version, 'X\u0001: y', 400, malformed-request"
  })
  void a_head_that_cannot_be_read_is_refused_with_a_problem(
      String line, String header, int status, String problem) throws IOException {
    String tooLong = "x".repeat(20_000);

    RawHttp.Response response =
        new RawHttp(address.port())
            .send(line.replace("LONG", tooLong), HOST, header.replace("LONG", tooLong));

    assertThat(response.status()).isEqualTo(status);
    assertThat(response.head()).contains("application/problem+json");
    assertThat(response.body()).contains("urn:osmo:problem:" + problem).doesNotContain("xxx");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Host: a b", "Host: [::1", "X: y", "Host: a\r\nHost: b"})
  void a_request_without_exactly_one_readable_host_is_refused(String headers) throws IOException {
    RawHttp.Response response =
        new RawHttp(address.port()).send("GET /api/version?q=secret", headers);

    assertThat(response.status()).isEqualTo(400);
    assertThat(response.head()).contains("application/problem+json");
    assertThat(response.body()).contains("urn:osmo:problem:malformed-request");
  }

  /** It is unknown which server the client means, so what follows is not read. */
  @Test
  void after_a_request_without_a_host_the_connection_is_closed() throws IOException {
    String answers =
        new RawHttp(address.port())
            .stream(
                """
                GET /api/version HTTP/1.1

                GET /api/version HTTP/1.1
                Host: a

                """);

    assertThat(answers)
        .startsWith("HTTP/1.1 400 ")
        .containsIgnoringCase("connection: close\r\n")
        .doesNotContain("HTTP/1.1 200");
  }

  @Test
  void the_body_is_forwarded_unchanged() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address.url() + "/api/auth/jwt/access_token"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{\"token\":\"x\"}"))
            .build();

    JsonObject seen = new JsonObject(HTTP.send(request, BodyHandlers.ofString()).body());

    assertThat(seen.getString("body")).isEqualTo("{\"token\":\"x\"}");
    assertThat(seen.getString("method")).isEqualTo("POST");
  }

  @Test
  void an_empty_post_with_a_json_content_type_is_forwarded() throws IOException {
    RawHttp.Response response =
        new RawHttp(address.port())
            .send(
                "POST /api/auth/access_token/ci?expires_at=2027-01-01&roles=a&roles=b",
                HOST,
                "Content-Type: application/json",
                "Content-Length: 0");

    JsonObject seen = new JsonObject(response.body());
    assertThat(seen.getString("target"))
        .isEqualTo("/api/auth/access_token/ci?expires_at=2027-01-01&roles=a&roles=b");
    assertThat(seen.getJsonObject("headers").getString("Content-type"))
        .isEqualTo("application/json");
  }

  @Test
  void forwarding_headers_of_the_client_are_replaced() throws IOException {
    RawHttp.Response response =
        new RawHttp(address.port())
            .send(
                "GET /api/version",
                "Host: osmo.example.com",
                "X-Forwarded-For: 203.0.113.9",
                "X-Forwarded-For: 203.0.113.10",
                "X-Forwarded-Proto: https",
                "X-Forwarded-Host: evil.example",
                "X-Real-IP: 203.0.113.9",
                "Forwarded: for=203.0.113.9");

    assertThat(response.status()).as(response.body()).isEqualTo(200);
    JsonObject headers = new JsonObject(response.body()).getJsonObject("headers");
    assertThat(headers.getString("X-forwarded-for")).isEqualTo("127.0.0.1");
    assertThat(headers.getString("X-forwarded-proto")).isEqualTo("http");
    assertThat(headers.getString("X-forwarded-host")).isEqualTo("osmo.example.com");
    assertThat(headers.getMap()).doesNotContainKeys("Forwarded", "X-real-ip");
  }

  @Test
  void a_web_socket_upgrade_does_not_bypass_the_forwarding_headers() throws IOException {
    RawHttp.Response response =
        new RawHttp(address.port())
            .send(
                "GET /api/version",
                HOST,
                "Connection: Upgrade",
                "Upgrade: websocket",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                "Sec-WebSocket-Version: 13",
                "X-Forwarded-For: 203.0.113.9");

    assertThat(response.status()).isEqualTo(200);
    JsonObject headers = new JsonObject(response.body()).getJsonObject("headers");
    assertThat(headers.getString("X-forwarded-for")).isEqualTo("127.0.0.1");
  }

  /** RFC 9110, section 7.6.1: what a client agrees with the gateway is no business of a service. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-Hop",
        "x-HOP",
        "close, X-Hop",
        "X-Other ,\tX-Hop,, upgrade",
        "X-Other\r\nConnection: X-Hop",
        "X-Hop, Connection, ,"
      })
  void a_header_that_connection_names_is_not_forwarded(String options) throws IOException {
    JsonObject headers =
        forwarded("Connection: " + options, "X-Hop: first", "X-Hop: second", "X-Kept: y");

    assertThat(headers.getMap()).containsEntry("X-kept", "y").doesNotContainKey("X-hop");
    assertThat(headers.getString("Connection", "")).doesNotContainIgnoringCase("hop");
  }

  @Test
  void headers_of_one_connection_are_not_forwarded() throws IOException {
    JsonObject headers =
        forwarded(
            "Keep-Alive: timeout=5",
            "Proxy-Connection: keep-alive",
            "Proxy-Authorization: Basic eDp5",
            "TE: trailers",
            "Trailer: X-Late",
            "Upgrade: x");

    assertThat(headers.getMap())
        .doesNotContainKeys(
            "Keep-alive", "Proxy-connection", "Proxy-authorization", "Te", "Trailer", "Upgrade");
  }

  /** Else a client could hide its address from the limits, or change where a body ends. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-Forwarded-For",
        "x-forwarded-FOR",
        "X-Forwarded-Host",
        "X-Forwarded-Port",
        "X-Forwarded-Proto",
        "X-Forwarded-Prefix",
        "X-Real-IP",
        "Forwarded",
        "Host",
        "Content-Length",
        "Transfer-Encoding",
        "Authorization",
        "Cookie",
        "close, Authorization",
        "X-Hop\nConnection: keep-alive,\tX-Forwarded-For ,"
      })
  void a_request_whose_connection_names_a_header_for_the_service_is_refused(String options)
      throws IOException {
    String refused =
        new RawHttp(address.port())
            .stream(
                """
                POST /api/version HTTP/1.1
                Host: a
                Content-Length: 3
                Connection: %s

                a=bGET /api/version HTTP/1.1
                Host: a

                """
                    .formatted(options));

    assertThat(refused)
        .startsWith("HTTP/1.1 400 ")
        .contains("urn:osmo:problem:malformed-request")
        .doesNotContain("HTTP/1.1 200");
  }

  @Test
  void a_chunked_body_is_forwarded_whole_beside_a_header_of_one_connection() throws IOException {
    String response =
        new RawHttp(address.port())
            .stream(
                """
                POST /oauth2/token HTTP/1.1
                Host: a
                Connection: X-Hop
                X-Hop: 1
                Connection: close
                Transfer-Encoding: chunked

                3
                a=b
                0

                """);

    assertThat(response).startsWith("HTTP/1.1 200 ").contains("\"body\":\"a=b\"");
  }

  @Test
  void headers_of_the_connection_to_the_service_are_not_in_the_response() throws Exception {
    String answer =
        """
        HTTP/1.1 200 OK
        Connection: close, X-Hop,Content-Length
        Connection: x-also
        X-Hop: 1
        X-Also: 1
        Keep-Alive: timeout=5
        Proxy-Connection: close
        Trailer: X-Late
        Upgrade: h2c
        X-Kept: y
        Content-Length: 2

        ok""";
    try (FixedAnswer service = FixedAnswer.start(answer)) {
      PublicAddress front = open(service.port(), service.port(), service.port());

      HttpResponse<String> response = get(front, "/api/version");

      assertThat(response.body()).isEqualTo("ok");
      assertThat(response.headers().firstValue("X-Kept")).contains("y");
      assertThat(response.headers().firstValue("Content-Length")).contains("2");
      assertThat(response.headers().map().keySet())
          .doesNotContain(
              "connection",
              "x-hop",
              "x-also",
              "keep-alive",
              "proxy-connection",
              "trailer",
              "upgrade");
    }
  }

  /** Heads are checked as HTTP/1.1, and no client of OSMO needs HTTP/2. */
  @Test
  void http_2_is_not_supported() throws IOException {
    assertThat(new RawHttp(address.port()).stream("PRI * HTTP/2.0\n\nSM\n\n"))
        .contains(" 501 Not Implemented\r\n");
  }

  @Test
  void an_upgrade_to_http_2_is_ignored() throws IOException {
    JsonObject headers =
        forwarded(
            "Connection: Upgrade, HTTP2-Settings",
            "Upgrade: h2c",
            "HTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA");

    assertThat(headers.getMap()).doesNotContainKeys("Upgrade", "Http2-settings");
  }

  @Test
  void a_service_that_is_not_reachable_is_a_503_problem() throws Exception {
    int unused = FreePorts.find(1).getFirst();
    PublicAddress isolated = open(unused, unused, unused);

    HttpResponse<String> response = get(isolated, "/api/version");

    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(response.headers().firstValue("Retry-After")).isPresent();
    assertProblem(response, "urn:osmo:problem:service-unavailable");
  }

  @Test
  void before_it_is_opened_the_gateway_responds_that_the_stack_is_starting() throws Exception {
    PublicAddress early = new PublicAddress(FreePorts.find(1).getFirst());
    early.listen(vertx, new Gateway(vertx).router());

    assertProblem(get(early, "/api/version"), "urn:osmo:problem:starting");
    assertThat(get(early, "/health").statusCode()).isEqualTo(503);
  }

  @Test
  void an_open_gateway_is_healthy() throws Exception {
    assertThat(get("/health").body()).isEqualTo("{\"status\":\"OK\"}");
  }

  @Test
  void a_taken_port_has_a_clear_message() throws IOException {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      PublicAddress taken = new PublicAddress(other.getLocalPort());

      assertThatThrownBy(() -> taken.listen(vertx, new Gateway(vertx).router()))
          .isInstanceOf(CannotStart.class)
          .hasMessageContaining("Port " + taken.port() + " is taken")
          .hasMessageContaining("--port");
    }
  }

  /** The headers that the service receives. */
  private static JsonObject forwarded(String... headers) throws IOException {
    String[] all = Stream.concat(Stream.of(HOST), Stream.of(headers)).toArray(String[]::new);
    RawHttp.Response response = new RawHttp(address.port()).send("GET /api/version", all);
    assertThat(response.status()).as(response.body()).isEqualTo(200);
    return new JsonObject(response.body()).getJsonObject("headers");
  }

  private static HttpResponse<String> get(String target) throws Exception {
    return get(address, target);
  }

  private static HttpResponse<String> get(PublicAddress address, String target) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(address.url() + target)).build();
    return HTTP.send(request, BodyHandlers.ofString());
  }

  private static void assertProblem(HttpResponse<String> response, String type) {
    assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(response.headers().firstValue("Link"))
        .contains("</ui/problems#" + type.replace("urn:osmo:problem:", "") + ">; rel=\"help\"");
    JsonObject problem = new JsonObject(response.body());
    assertThat(problem.getString("type")).isEqualTo(type);
    assertThat(problem.getString("message")).isEqualTo(problem.getString("detail"));
    assertThat(problem.getString("error_code")).isNotBlank();
    assertThat(problem.getMap()).containsEntry("workflow_id", null).containsKey("request_id");
  }
}
