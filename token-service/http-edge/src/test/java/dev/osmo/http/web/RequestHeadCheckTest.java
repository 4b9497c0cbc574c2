package dev.osmo.http.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("I1")
class RequestHeadCheckTest {

  private static final String TOKEN = "osmo_" + "0".repeat(34);
  private static final String HOST = "Host: osmo.test\r\n";
  private static final String END = "\r\n\r\n";

  private final MeterRegistry meters = new SimpleMeterRegistry();
  private final List<Object> served = new ArrayList<>();
  private final EmbeddedChannel connection = connection();

  @BeforeEach
  void collectMetrics() {
    Metrics.addRegistry(meters);
  }

  @AfterEach
  void stopCollecting() {
    Metrics.removeRegistry(meters);
  }

  /** As the HTTP server builds it: after the extension ran. */
  private EmbeddedChannel connection() {
    EmbeddedChannel channel = new EmbeddedChannel();
    ResponseHeaders headers = new ResponseHeaders(new PublicAddress("https://osmo.test"));
    new RequestHeads(headers::all, () -> null).postInitializeServerChildChannel(channel);
    channel
        .pipeline()
        .addLast("httpDecoder", new HttpRequestDecoder(100, 200, 8192))
        .addLast("httpEncoder", new HttpResponseEncoder())
        .addLast(
            "handler",
            new ChannelInboundHandlerAdapter() {
              @Override
              public void channelRead(ChannelHandlerContext context, Object message) {
                served.add(message);
              }
            });
    return channel;
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"})
  void a_method_of_http_is_kept(String method) {
    receive(method + " /a HTTP/1.1\r\n" + HOST + "\r\n");

    assertThat(requests().getFirst().method().name()).isEqualTo(method);
  }

  @ParameterizedTest
  @ValueSource(strings = {"INVENTED", "get", "osmo_0", "CONNECT", "PRI"})
  void every_other_method_has_the_same_name(String method) {
    receive(method + " /a HTTP/1.1\r\n" + HOST + "\r\n");

    assertThat(requests().getFirst().method().name()).isEqualTo("OTHER");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Host: a b",
        "Host: [::1",
        "Host: a/b",
        "Host: a@b",
        "Host: x:port",
        "Host: x:65536",
        "Host: [::1]:65536",
        "Host: [:::::]",
        "Host: [.]",
        "Host:",
        "X: none",
        "Host: a\r\nHost: a",
        "Host: a\r\nHost: b",
        "Host: a\r\nNo colon",
        "Host: a\r\nTwo words: b",
      })
  void a_request_without_exactly_one_valid_host_is_refused(String headers) {
    refused("GET /a?q=" + TOKEN + " HTTP/1.1\r\n" + headers + END, 400, "malformed-request");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a", "a.b-c_d", "127.0.0.1:8081", "a:65535", "[::1]", "[::ffff:1.2.3.4]:443"})
  void a_valid_host_is_accepted(String host) {
    receive("GET /a HTTP/1.1\r\nHost: " + host + END);

    assertThat(requests()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /%zz?access_token=TOKEN HTTP/1.1",
        "GET /a?q=%zz&access_token=TOKEN HTTP/1.1",
        "GET /a?q=TOKEN%f HTTP/1.1",
        "GET /a;q=%?access_token=TOKEN HTTP/1.1",
        "GET TOKEN HTTP/1.1",
        "GET * HTTP/1.1",
        "GET /a#TOKEN HTTP/1.1",
        "GET /a?q=TOKEN\\ HTTP/1.1",
        "GET /a?q=TOKEN\u00e9 HTTP/1.1",
        "GET http://[::1/?q=TOKEN HTTP/1.1",
        "GET http:///?q=TOKEN HTTP/1.1",
        "GET http://a:65536/?q=TOKEN HTTP/1.1",
        "GET http://[:::::]/?q=TOKEN HTTP/1.1",
        "GET ftp://a/?q=TOKEN HTTP/1.1",
        "CONNECT TOKEN:80 HTTP/1.1",
        "GET /a?q=TOKEN",
        "GET /a?q=TOKEN HTTP/9.9",
        "GET /a?q=TOKEN OSMO/1.1",
      })
  void an_unreadable_first_line_is_refused(String line) {
    refused(line.replace("TOKEN", TOKEN) + "\r\n" + HOST + "\r\n", 400, "malformed-request");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/a/%C3%A9;x=1?a=b,c&d=(e)*'!$~@:/?", "http://a:80/b?c"})
  void a_valid_target_is_accepted(String target) {
    receive("GET " + target + " HTTP/1.1\r\n" + HOST + "\r\n");

    assertThat(requests().getFirst().uri()).isEqualTo(target);
  }

  @ParameterizedTest
  @CsvSource({"150, 10, 414, uri-too-long", "10, 300, 431, headers-too-large"})
  void a_head_above_the_limit_is_refused(int query, int header, int status, String problem) {
    refused(
        "GET /?q=%s HTTP/1.1\r\n%sX-Long: %s\r\n\r\n"
            .formatted("x".repeat(query), HOST, "x".repeat(header)),
        status,
        problem);
  }

  @Test
  void a_refusal_repeats_a_harmless_request_id() {
    receive("GET * HTTP/1.1\r\n" + HOST + "X-Request-Id: run-42\r\n\r\n");

    assertThat(sent()).contains("X-Request-Id: run-42\r\n", "\"request_id\":\"run-42\"");
  }

  @Test
  void a_refusal_of_head_has_no_body() {
    receive("HEAD * HTTP/1.1\r\n" + HOST + "\r\n");

    assertThat(sent()).startsWith("HTTP/1.1 400 ").endsWith(END);
  }

  @Test
  void a_refusal_waits_for_the_response_to_an_earlier_request() {
    receive("GET /a HTTP/1.1\r\n" + HOST + "\r\nGET * HTTP/1.1\r\n" + HOST + "\r\n");
    assertThat(sent()).isEmpty();

    respond(HttpResponseStatus.CONTINUE);
    assertThat(sent()).startsWith("HTTP/1.1 100 ").doesNotContain(" 400 ");
    respond(HttpResponseStatus.OK);

    assertThat(sent()).startsWith("HTTP/1.1 200 ").contains("HTTP/1.1 400 ");
    assertThat(connection.isOpen()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"/a,a b", "/b|,osmo.test", "/a,''", "/b,a/b", "/|,a b"})
  void a_later_request_on_the_connection_is_checked_like_the_first(String target, String host) {
    receive("GET /a HTTP/1.1\r\n" + HOST + "\r\n");
    receive("GET /b HTTP/1.1\r\n" + HOST + "\r\n");
    assertThat(requests()).hasSize(2);
    respond(HttpResponseStatus.OK);
    respond(HttpResponseStatus.OK);

    receive("GET " + target + " HTTP/1.1\r\nHost: " + host + END);

    assertThat(requests()).hasSize(2);
    assertThat(refusals("malformed-request")).isEqualTo(1);
    assertThat(connection.isOpen()).isFalse();
  }

  @Test
  void nothing_after_a_refused_request_is_read() {
    receive("GET * HTTP/1.1\r\n" + HOST + "\r\nGET /a HTTP/1.1\r\n" + HOST + "\r\n");

    assertThat(served).isEmpty();
    assertThat(sent().split("HTTP/1.1 ", -1)).hasSize(2);
  }

  @Test
  void an_empty_chunked_body_is_no_body_and_ends_the_connection() {
    receive("POST /a HTTP/1.1\r\n" + HOST + "Transfer-Encoding: Chunked\r\n\r\n");
    assertThat(served).isEmpty();
    receive("0\r\n\r\nPOST /smuggled HTTP/1.1\r\n" + HOST + "\r\n");

    assertThat(requests()).hasSize(1);
    assertThat(requests().getFirst().headers().contains("Transfer-Encoding")).isFalse();
    assertThat(requests().getFirst().headers().get("Connection")).isEqualTo("close");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\n0\r\nX-Sum: a\r\n\r\n",
        "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\nExpect: 100-continue\r\n\r\n0\r\n\r\n",
      })
  void another_chunked_body_is_left_to_the_limit_on_bodies(String rest) {
    receive("POST /a HTTP/1.1\r\n" + HOST + rest);

    assertThat(requests().getFirst().headers().contains("Transfer-Encoding")).isTrue();
  }

  /** RFC 9110, section 7.2: only HTTP/1.1 requires it. Simple health checks send none. */
  @Test
  void http_1_0_needs_no_host() {
    receive("GET /q/health/ready HTTP/1.0\r\n\r\n");

    assertThat(requests().getFirst().headers().getAll("Host")).containsExactly("localhost");
  }

  private void refused(String head, int status, String problem) {
    double before = refusals(problem);
    receive(head);

    assertThat(refusals(problem)).isEqualTo(before + 1);
    assertThat(served).isEmpty();
    assertThat(sent())
        .startsWith("HTTP/1.1 " + status + " ")
        .containsIgnoringCase("content-type: application/problem+json\r\n")
        .containsIgnoringCase("cache-control: no-store\r\n")
        .containsIgnoringCase("x-content-type-options: nosniff\r\n")
        .containsIgnoringCase("strict-transport-security: max-age=31536000\r\n")
        .contains("\"type\":\"urn:osmo:problem:" + problem + "\"", "\"workflow_id\":null")
        .containsPattern("X-Request-Id: ([0-9a-f-]{36})\r\n(?s:.*)\"request_id\":\"\\1\"")
        .doesNotContain(TOKEN);
    assertThat(connection.isOpen()).isFalse();
  }

  private double refusals(String problem) {
    return meters.counter("osmo.denied", "reason", problem).count();
  }

  private void receive(String bytes) {
    connection.writeInbound(Unpooled.copiedBuffer(bytes, ISO_8859_1));
  }

  private void respond(HttpResponseStatus status) {
    ChannelFuture unused =
        connection
            .pipeline()
            .context("handler")
            .writeAndFlush(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status));
  }

  private List<HttpRequest> requests() {
    assertThat(served.getLast()).isInstanceOf(LastHttpContent.class);
    return served.stream()
        .filter(HttpRequest.class::isInstance)
        .map(HttpRequest.class::cast)
        .toList();
  }

  /** What was sent since the last call. */
  private String sent() {
    StringBuilder text = new StringBuilder();
    for (ByteBuf next = connection.readOutbound(); next != null; next = connection.readOutbound()) {
      text.append(next.toString(ISO_8859_1));
      next.release();
    }
    return text.toString();
  }
}
