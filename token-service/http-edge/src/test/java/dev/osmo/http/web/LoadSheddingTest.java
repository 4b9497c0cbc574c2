package dev.osmo.http.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

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
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("I10")
class LoadSheddingTest {

  private static final String HOST = "Host: osmo.test\r\n";

  private boolean overloaded = true;
  private int inWork;
  private final List<String> served = new ArrayList<>();
  private final EmbeddedChannel connection = connection();

  private EmbeddedChannel connection() {
    EmbeddedChannel channel = new EmbeddedChannel();
    ResponseHeaders headers = new ResponseHeaders(new PublicAddress("https://osmo.test"));
    new RequestHeads(headers::all, Costly::new).postInitializeServerChildChannel(channel);
    channel
        .pipeline()
        .addLast("httpDecoder", new HttpRequestDecoder())
        .addLast("httpEncoder", new HttpResponseEncoder())
        .addLast(
            "handler",
            new ChannelInboundHandlerAdapter() {
              @Override
              public void channelRead(ChannelHandlerContext context, Object message) {
                if (message instanceof HttpRequest request) {
                  served.add(request.uri());
                }
                ReferenceCountUtil.release(message);
              }
            });
    return channel;
  }

  private final class Costly implements Overload {

    @Override
    public boolean limits(String target) {
      return target.equals("/costly");
    }

    @Override
    public boolean isFull() {
      return overloaded;
    }

    @Override
    public void began() {
      inWork++;
    }

    @Override
    public void ended() {
      inWork--;
    }
  }

  @Test
  void a_refused_request_gets_503_and_the_connection_goes_on() {
    receive(post("/costly", "abc"));

    assertThat(served).isEmpty();
    assertThat(sent())
        .startsWith("HTTP/1.1 503 ")
        .containsIgnoringCase("retry-after: 2\r\n")
        .containsIgnoringCase("content-type: application/problem+json\r\n")
        .containsIgnoringCase("cache-control: no-store\r\n")
        .containsIgnoringCase("x-content-type-options: nosniff\r\n")
        .contains("\"type\":\"urn:osmo:problem:busy\"")
        .doesNotContainIgnoringCase("connection: close");
    assertThat(connection.isOpen()).isTrue();

    overloaded = false;
    receive(post("/costly", "abc"));
    assertThat(served).containsExactly("/costly");
    assertThat(sent()).isEmpty();
  }

  @Test
  void the_response_follows_the_whole_request() {
    receive("POST /costly HTTP/1.1\r\n" + HOST + "Content-Length: 3\r\n\r\na");
    assertThat(sent()).isEmpty();

    receive("bc" + post("/other", ""));

    assertThat(sent()).startsWith("HTTP/1.1 503 ");
    assertThat(served).containsExactly("/other");
  }

  @Test
  void a_client_that_wants_no_further_response_gets_none() {
    receive("POST /costly HTTP/1.1\r\n" + HOST + "Connection: close\r\nContent-Length: 0\r\n\r\n");

    assertThat(sent()).startsWith("HTTP/1.1 503 ").containsIgnoringCase("connection: close\r\n");
    assertThat(connection.isOpen()).isFalse();
  }

  @Test
  void a_client_that_reads_no_responses_is_disconnected() {
    connection.unsafe().outboundBuffer().setUserDefinedWritability(1, false);

    receive(post("/costly", "abc"));

    assertThat(sent()).isEmpty();
    assertThat(connection.isOpen()).isFalse();
  }

  @Test
  void a_request_counts_until_its_response() {
    overloaded = false;
    receive(post("/costly", "abc"));
    assertThat(inWork).isEqualTo(1);
    respond();
    assertThat(inWork).isZero();

    receive(post("/costly", "abc"));
    assertThat(inWork).isEqualTo(1);
    respond();
    assertThat(inWork).isZero();
  }

  @Test
  void a_refused_request_does_not_count() {
    receive(post("/costly", "abc"));

    assertThat(sent()).startsWith("HTTP/1.1 503 ");
    assertThat(inWork).isZero();
  }

  @Test
  void half_a_request_does_not_count() {
    overloaded = false;
    receive("POST /costly HTTP/1.1\r\n" + HOST + "Content-Length: 3\r\n\r\na");
    assertThat(inWork).isZero();

    receive("bc");
    assertThat(inWork).isEqualTo(1);
  }

  @Test
  void a_request_whose_response_came_before_its_end_does_not_count() {
    overloaded = false;
    receive("POST /costly HTTP/1.1\r\n" + HOST + "Content-Length: 3\r\n\r\na");
    respond();
    receive("bc");

    assertThat(inWork).isZero();
  }

  @Test
  void a_request_counts_until_its_connection_is_closed() {
    overloaded = false;
    receive(post("/costly", "abc"));
    ChannelFuture unused = connection.close();

    assertThat(inWork).isZero();
  }

  @Test
  void only_requests_with_a_limit_count() {
    overloaded = false;
    receive(post("/other", "") + post("/costly", ""));
    assertThat(inWork).isZero();
    respond();
    respond();
    assertThat(inWork).isZero();
  }

  @Test
  void what_is_not_overloaded_is_served() {
    receive(post("/other", "abc"));

    assertThat(served).containsExactly("/other");
  }

  @Test
  void a_request_before_the_response_to_another_is_left_to_the_server() {
    receive(post("/other", "") + post("/costly", ""));
    assertThat(served).containsExactly("/other", "/costly");

    respond();
    respond();
    assertThat(sent()).contains("HTTP/1.1 200 ");
    receive(post("/costly", ""));
    assertThat(sent()).startsWith("HTTP/1.1 503 ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 5000\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n",
        "Expect: 100-continue\r\nContent-Length: 3\r\n\r\n",
      })
  void a_request_that_has_its_own_rules_is_left_to_the_server(String rest) {
    receive("POST /costly HTTP/1.1\r\n" + HOST + rest);

    assertThat(served).containsExactly("/costly");
  }

  private static String post(String target, String body) {
    return "POST %s HTTP/1.1\r\n%sContent-Length: %d\r\n\r\n%s"
        .formatted(target, HOST, body.length(), body);
  }

  private void receive(String bytes) {
    connection.writeInbound(Unpooled.copiedBuffer(bytes, ISO_8859_1));
  }

  private void respond() {
    ChannelFuture unused =
        connection
            .pipeline()
            .context("handler")
            .writeAndFlush(
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK));
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
