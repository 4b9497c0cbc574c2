package dev.osmo.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static dev.osmo.cli.RunningSidecar.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code osmo sidecar run --proxy}, between a client and a server that see each byte. */
class SidecarProxyIT {
  private static final String HOST = "Host: localhost\r\n";
  private static final String CLOSE = "Connection: close\r\n\r\n";

  private final WireMockServer osmo =
      new WireMockServer(options().dynamicPort().bindAddress("127.0.0.1").jettyAcceptors(1));
  private final String jwt = FakeJwt.livingFor(300, "proxy");
  private final String next = FakeJwt.livingFor(300, "next");

  @TempDir Path folder;

  /** The first exchange gives one JWT, the others another. */
  @BeforeEach
  void start() {
    osmo.start();
    osmo.stubFor(
        post(urlPathEqualTo("/api/auth/jwt/access_token"))
            .inScenario("exchanges")
            .whenScenarioStateIs(Scenario.STARTED)
            .willReturn(okJson("{\"token\":\"" + jwt + "\"}"))
            .willSetStateTo("later"));
    osmo.stubFor(
        post(urlPathEqualTo("/api/auth/jwt/access_token"))
            .inScenario("exchanges")
            .whenScenarioStateIs("later")
            .willReturn(okJson("{\"token\":\"" + next + "\"}")));
  }

  @AfterEach
  void stop() {
    osmo.stop();
  }

  private RunningSidecar sidecar(String upstream, String... more) throws IOException {
    List<String> words = new ArrayList<>(List.of("--proxy", "127.0.0.1:0", "--upstream", upstream));
    words.addAll(List.of(more));
    return RunningSidecar.start(
        Files.createDirectories(folder.resolve("home")),
        Map.of("OSMO_URL", "http://localhost:" + osmo.port(), "OSMO_TOKEN", Contracts.token()),
        words.toArray(new String[0]));
  }

  @Test
  @Tag("I1")
  void the_server_gets_the_jwt_instead_of_the_credential_of_the_client() throws Exception {
    try (ByteServer server = new ByteServer((head, in, out) -> ByteServer.ok(out, "hello"));
        RunningSidecar sidecar = sidecar(server.url() + "/base")) {
      String response =
          RawClient.response(
              sidecar.port("Proxy"),
              "GET /a?b=c HTTP/1.1\r\n"
                  + HOST
                  + "Authorization: Basic stolen\r\naUTHORIZATION: Bearer stolen\r\n"
                  + "Proxy-Authorization: Basic stolen\r\nTE: trailers\r\nX-Hop: 1\r\nX-End: 2\r\n"
                  + "Connection: close, x-hop\r\n\r\n");

      assertThat(response).startsWith("HTTP/1.1 200 ").endsWith("\r\n\r\nhello");
      assertThat(server.heads()).hasSize(1);
      assertThat(server.heads().getFirst())
          .startsWith("GET /base/a?b=c HTTP/1.1\r\nHost: 127.0.0.1:" + server.port() + "\r\n")
          .contains(
              "Authorization: Bearer " + jwt + "\r\n", "X-End: 2\r\n", "Via: 1.1 osmo-sidecar")
          .doesNotContainIgnoringCase("stolen")
          .doesNotContainIgnoringCase("x-hop")
          .doesNotContain("TE:", "localhost");
      assertThat(sidecar.err()).doesNotContain(jwt);
    }
  }

  @Test
  void bodies_pass_with_their_length_or_in_chunks() throws Exception {
    String large = "0123456789".repeat(200_000);
    try (ByteServer server =
            new ByteServer(
                (head, in, out) -> {
                  boolean chunked = head.contains("Transfer-Encoding: chunked");
                  String body =
                      chunked
                          ? chunks(in)
                          : new String(in.readNBytes(large.length()), StandardCharsets.US_ASCII);
                  ByteServer.ok(out, Integer.toString(body.hashCode()));
                });
        RunningSidecar sidecar = sidecar(server.url())) {
      int port = sidecar.port("Proxy");

      String sized =
          RawClient.response(
              port,
              "POST / HTTP/1.1\r\n"
                  + HOST
                  + "Content-Length: "
                  + large.length()
                  + "\r\n"
                  + CLOSE
                  + large);
      String chunked =
          RawClient.response(
              port,
              "POST / HTTP/1.1\r\n"
                  + HOST
                  + "Transfer-Encoding: chunked\r\n"
                  + CLOSE
                  + "3;x=y\r\nabc\r\n4\r\ndefg\r\n0\r\nTrailer: x\r\n\r\n");

      assertThat(sized).endsWith("\r\n\r\n" + large.hashCode());
      assertThat(chunked).endsWith("\r\n\r\n" + "abcdefg".hashCode());
    }
  }

  private static String chunks(InputStream in) throws IOException {
    StringBuilder all = new StringBuilder();
    while (true) {
      StringBuilder line = new StringBuilder();
      while (line.indexOf("\r\n") < 0) {
        line.append((char) in.read());
      }
      int size = Integer.parseInt(line.toString().strip(), 16);
      all.append(new String(in.readNBytes(size), StandardCharsets.US_ASCII));
      in.readNBytes(2);
      if (size == 0) {
        return all.toString();
      }
    }
  }

  @Test
  void events_arrive_while_the_response_goes_on() throws Exception {
    CountDownLatch received = new CountDownLatch(1);
    try (ByteServer server =
            new ByteServer(
                (head, in, out) -> {
                  ByteServer.write(out, "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n");
                  ByteServer.write(out, "Transfer-Encoding: chunked\r\n\r\n9\r\ndata: 1\n\n\r\n");
                  if (received.await(10, TimeUnit.MINUTES)) {
                    ByteServer.write(out, "9\r\ndata: 2\n\n\r\n0\r\n\r\n");
                  }
                });
        RunningSidecar sidecar = sidecar(server.url());
        RawClient client = RawClient.to(sidecar.port("Proxy"))) {
      client.send("GET / HTTP/1.1\r\n" + HOST + CLOSE);

      assertThat(client.until("data: 1")).startsWith("HTTP/1.1 200 OK");
      received.countDown();
      assertThat(client.rest()).contains("data: 2");
    }
  }

  @Test
  void a_web_socket_passes_in_both_directions() throws Exception {
    try (ByteServer server =
            new ByteServer(
                (head, in, out) -> {
                  ByteServer.write(
                      out,
                      "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\n"
                          + "Upgrade: websocket\r\nSec-WebSocket-Accept: x\r\n\r\nhello");
                  for (int next = in.read(); next >= 0; next = in.read()) {
                    ByteServer.write(out, Character.toString((char) (next + 1)));
                  }
                });
        RunningSidecar sidecar = sidecar(server.url());
        RawClient client = RawClient.to(sidecar.port("Proxy"))) {
      client.send(
          "GET /ws HTTP/1.1\r\n"
              + HOST
              + "Connection: keep-alive, Upgrade\r\nUpgrade: websocket\r\n"
              + "Sec-WebSocket-Key: k\r\nSec-WebSocket-Version: 13\r\n\r\n");

      assertThat(client.until("hello"))
          .startsWith("HTTP/1.1 101 ")
          .contains("Upgrade: websocket", "Sec-WebSocket-Accept: x");
      client.send("a");
      assertThat(client.until("b")).isEqualTo("b");
      client.send("x");
      assertThat(client.until("y")).isEqualTo("y");
      assertThat(server.heads().getFirst())
          .contains("Authorization: Bearer " + jwt, "Sec-WebSocket-Key: k", "Upgrade: websocket");
    }
  }

  @Test
  @Tag("I9")
  void another_protocol_is_not_passed_on() throws Exception {
    try (ByteServer server = new ByteServer((head, in, out) -> ByteServer.ok(out, "plain"));
        RunningSidecar sidecar = sidecar(server.url())) {
      String response =
          RawClient.response(
              sidecar.port("Proxy"),
              "GET / HTTP/1.1\r\n"
                  + HOST
                  + "Connection: close, Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n"
                  + "HTTP2-Settings: a\r\n\r\n");

      assertThat(response).endsWith("plain");
      assertThat(server.heads().getFirst()).doesNotContain("h2c", "HTTP2-Settings", "Upgrade");
    }
  }

  @Test
  void after_a_401_an_idempotent_request_is_repeated_once_with_another_jwt() throws Exception {
    AtomicInteger requests = new AtomicInteger();
    try (ByteServer server =
            new ByteServer(
                (head, in, out) -> {
                  in.readNBytes(head.startsWith("POST") ? 2 : 0);
                  requests.incrementAndGet();
                  if (head.contains(jwt)) {
                    ByteServer.write(out, "HTTP/1.1 401 No\r\nContent-Length: 2\r\n\r\nno");
                  } else {
                    ByteServer.ok(out, "yes");
                  }
                });
        RunningSidecar sidecar = sidecar(server.url())) {
      int port = sidecar.port("Proxy");
      String post = "POST / HTTP/1.1\r\n" + HOST + "Content-Length: 2\r\n" + CLOSE + "ab";
      assertThat(RawClient.response(port, post)).startsWith("HTTP/1.1 401").endsWith("no");
      assertThat(requests).hasValue(1);

      // A JWT is replaced only some time after it was issued.
      eventually()
          .until(
              () -> RawClient.response(port, "GET / HTTP/1.1\r\n" + HOST + CLOSE).endsWith("yes"));
      assertThat(RawClient.response(port, post)).endsWith("yes");
      assertThat(server.heads().getLast()).contains(next);
    }
  }

  @Test
  @Tag("I1")
  void a_redirect_is_passed_to_the_client() throws Exception {
    try (ByteServer other = new ByteServer((head, in, out) -> ByteServer.ok(out, "other"));
        ByteServer server =
            new ByteServer(
                (head, in, out) ->
                    ByteServer.write(
                        out,
                        "HTTP/1.1 307 Go\r\nLocation: "
                            + other.url()
                            + "/\r\nContent-Length: 0\r\n\r\n"));
        RunningSidecar sidecar = sidecar(server.url())) {
      String response =
          RawClient.response(sidecar.port("Proxy"), "GET / HTTP/1.1\r\n" + HOST + CLOSE);

      assertThat(response).startsWith("HTTP/1.1 307 ").contains("Location: " + other.url());
      assertThat(other.heads()).isEmpty();
    }
  }

  @Test
  @Tag("I9")
  void ambiguous_and_foreign_requests_do_not_reach_the_server() throws Exception {
    List<String> refused =
        List.of(
            "POST / HTTP/1.1\r\n"
                + HOST
                + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n",
            "POST / HTTP/1.1\r\n" + HOST + "Content-Length: 4\r\nContent-Length: 5\r\n\r\n",
            "POST / HTTP/1.1\r\n" + HOST + "Transfer-Encoding: chunked, identity\r\n\r\n",
            "GET / HTTP/1.1\r\n" + HOST + "A: b\r\n Authorization: c\r\n\r\n",
            "GET / HTTP/1.1\r\n" + HOST + "Transfer-Encoding : chunked\r\n\r\n",
            "GET http://evil.example.com/ HTTP/1.1\r\n" + HOST + "\r\n",
            "CONNECT evil.example.com:443 HTTP/1.1\r\n" + HOST + "\r\n",
            "GET /a/../admin HTTP/1.1\r\n" + HOST + "\r\n",
            "GET /a/%2E%2e/admin HTTP/1.1\r\n" + HOST + "\r\n",
            "GET /.. HTTP/1.1\r\n" + HOST + "\r\n",
            "GET /a#b HTTP/1.1\r\n" + HOST + "\r\n",
            "GET / HTTP/1.0\r\n" + HOST + "\r\n",
            "GET / HTTP/1.1\r\nHost: evil.example.com\r\n\r\n",
            "GET / HTTP/1.1\r\n" + HOST + "Origin: https://evil.example.com\r\n\r\n",
            "GET / HTTP/1.1\r\n" + HOST + "Sec-Fetch-Site: cross-site\r\n\r\n",
            "GET / HTTP/1.1\r\n" + HOST + "X-Forwarded-For: 10.0.0.1\r\n\r\n",
            "GET / HTTP/1.1\r\n" + HOST + "Via: 1.1 osmo-sidecar\r\n\r\n");
    try (ByteServer server = new ByteServer((head, in, out) -> ByteServer.ok(out, "reached"));
        RunningSidecar sidecar = sidecar(server.url())) {
      int port = sidecar.port("Proxy");
      for (String request : refused) {
        try (RawClient client = RawClient.to(port)) {
          String head = client.send(request).until("\r\n\r\n");
          assertThat(RawClient.status(head)).as(request).isGreaterThanOrEqualTo(400);
        }
      }
      assertThat(server.heads()).isEmpty();
    }
  }

  /** What arrived of the chunks before is already there, but never a complete request. */
  @Test
  @Tag("I9")
  void a_malformed_chunk_ends_the_connection_to_the_server() throws Exception {
    CountDownLatch ended = new CountDownLatch(1);
    try (ByteServer server =
            new ByteServer(
                (head, in, out) -> {
                  assertThat(new String(in.readAllBytes(), StandardCharsets.US_ASCII))
                      .isEqualTo("3\r\nabc");
                  ended.countDown();
                });
        RunningSidecar sidecar = sidecar(server.url());
        RawClient client = RawClient.to(sidecar.port("Proxy"))) {
      client.send(
          "POST / HTTP/1.1\r\n"
              + HOST
              + "Transfer-Encoding: chunked\r\n\r\n3\r\nabcGET /admin HTTP/1.1\r\n\r\n");

      assertThat(RawClient.status(client.until("\r\n\r\n"))).isBetween(400, 502);
      assertThat(ended.await(10, TimeUnit.MINUTES)).isTrue();
      assertThat(server.heads()).hasSize(1);
    }
  }

  @Test
  @Tag("I9")
  void an_ambiguous_response_is_not_passed_on() throws Exception {
    try (ByteServer server =
            new ByteServer(
                (head, in, out) ->
                    ByteServer.write(
                        out,
                        "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n"));
        RunningSidecar sidecar = sidecar(server.url())) {
      assertThat(RawClient.response(sidecar.port("Proxy"), "GET / HTTP/1.1\r\n" + HOST + CLOSE))
          .startsWith("HTTP/1.1 502 ")
          .contains("upstream-unreachable");
    }
  }

  @Test
  void a_missing_server_is_reported() throws Exception {
    try (RunningSidecar sidecar = sidecar("http://127.0.0.1:1")) {
      assertThat(RawClient.response(sidecar.port("Proxy"), "GET / HTTP/1.1\r\n" + HOST + CLOSE))
          .startsWith("HTTP/1.1 502 ")
          .contains("upstream-unreachable", "127.0.0.1:1");
    }
  }

  @Test
  void one_connection_serves_several_requests_also_after_the_server_closed_its_own()
      throws Exception {
    AtomicInteger requests = new AtomicInteger();
    try (ByteServer server =
            new ByteServer(
                (head, in, out) -> {
                  ByteServer.ok(out, "answer" + requests.incrementAndGet());
                  if (requests.get() == 2) {
                    throw new IOException("closes an idle connection");
                  }
                });
        RunningSidecar sidecar = sidecar(server.url());
        RawClient client = RawClient.to(sidecar.port("Proxy"))) {
      for (int i = 1; i <= 4; i++) {
        client.send("GET / HTTP/1.1\r\n" + HOST + "\r\n");
        assertThat(client.until("answer" + i)).startsWith("HTTP/1.1 200 ");
      }
    }
  }

  @Test
  @Tag("I10")
  void the_work_of_the_server_ends_when_the_client_goes_away() throws Exception {
    CountDownLatch ended = new CountDownLatch(1);
    try (ByteServer server =
            new ByteServer(
                (head, in, out) -> {
                  ByteServer.write(out, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
                  ByteServer.write(out, "1\r\na\r\n");
                  if (in.read() < 0) {
                    ended.countDown();
                  }
                });
        RunningSidecar sidecar = sidecar(server.url())) {
      try (RawClient client = RawClient.to(sidecar.port("Proxy"))) {
        client.send("GET / HTTP/1.1\r\n" + HOST + "\r\n");
        client.until("1\r\na");
      }
      assertThat(ended.await(10, TimeUnit.MINUTES)).isTrue();
    }
  }

  @Test
  @Tag("I10")
  void a_server_that_does_not_answer_is_left_when_the_client_goes_away() throws Exception {
    CountDownLatch reached = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    try (ByteServer server =
            new ByteServer(
                (head, in, out) -> {
                  reached.countDown();
                  if (in.read() < 0) {
                    ended.countDown();
                  }
                });
        RunningSidecar sidecar = sidecar(server.url())) {
      try (RawClient client = RawClient.to(sidecar.port("Proxy"))) {
        client.send("GET / HTTP/1.1\r\n" + HOST + "\r\n");
        assertThat(reached.await(10, TimeUnit.MINUTES)).isTrue();
      }
      assertThat(ended.await(10, TimeUnit.MINUTES)).isTrue();
    }
  }

  @Test
  void a_client_may_wait_for_100_continue() throws Exception {
    try (ByteServer server =
            new ByteServer(
                (head, in, out) ->
                    ByteServer.ok(out, new String(in.readNBytes(2), StandardCharsets.US_ASCII)));
        RunningSidecar sidecar = sidecar(server.url());
        RawClient client = RawClient.to(sidecar.port("Proxy"))) {
      client.send(
          "POST / HTTP/1.1\r\n" + HOST + "Expect: 100-continue\r\nContent-Length: 2\r\n" + CLOSE);
      assertThat(client.until("\r\n\r\n")).startsWith("HTTP/1.1 100 ");
      client.send("ok");
      assertThat(client.rest()).startsWith("HTTP/1.1 200 ").endsWith("ok");
      assertThat(server.heads().getFirst()).doesNotContain("Expect");
    }
  }
}
