package dev.osmo.cli.listen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestHeadTest {

  private static InputStream bytes(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static RequestHead read(String text) throws IOException {
    return RequestHead.read(bytes(text)).orElseThrow();
  }

  @Test
  void a_request_has_a_path_a_query_and_a_framing() throws IOException {
    RequestHead request =
        read("POST /a?b=c HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\nX:\tv \r\n\r\nabc");

    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.path()).isEqualTo("/a");
    assertThat(request.query()).isEqualTo("b=c");
    assertThat(request.body()).isEqualTo(new Framing.Length(3));
    assertThat(request.head().first("x")).contains("v");
    assertThat(request.isPersistent()).isTrue();
    assertThat(read("GET / HTTP/1.0\r\n\r\n").isPersistent()).isFalse();
    assertThat(read("GET / HTTP/1.1\r\nHost: h\r\nConnection: x, Close\r\n\r\n").isPersistent())
        .isFalse();
  }

  /** Each could make two servers see different requests in the same bytes. */
  @ParameterizedTest
  @Tag("I9")
  @ValueSource(
      strings = {
        "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\nContent-Length: 3\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 3, 3\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: +3\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: -1\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 0x3\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: gzip, chunked\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: xchunked\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: a\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding : chunked\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\n\r\n",
        "POST / HTTP/1.1\r\nHost: h\r\nA: b\rTransfer-Encoding: chunked\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: h\r\nA: b\r\n folded\r\n\r\n",
        "POST / HTTP/1.1\r\n Host: h\r\n\r\n",
        "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: h\r\nHost: i\r\n\r\n",
        "GET / HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: h\r\nA\u0000: b\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: h\r\nA: \u0000\r\n\r\n",
        "GET  / HTTP/1.1\r\nHost: h\r\n\r\n",
        "GET /a b HTTP/1.1\r\nHost: h\r\n\r\n",
        "GET /a#b HTTP/1.1\r\nHost: h\r\n\r\n",
        "GET http://h/ HTTP/1.1\r\nHost: h\r\n\r\n",
        "CONNECT h:443 HTTP/1.1\r\nHost: h\r\n\r\n",
        "GET / HTTP/2.0\r\nHost: h\r\n\r\n",
        "GET / HTTP/1.1 \r\nHost: h\r\n\r\n",
        "\r\nGET / HTTP/1.1\r\nHost: h\r\n\r\n"
      })
  void an_ambiguous_request_is_refused(String text) {
    assertThatThrownBy(() -> read(text)).isInstanceOf(BadMessage.class);
  }

  @ParameterizedTest
  @Tag("I9")
  @ValueSource(
      strings = {"3\r\nabcd\r\n0\r\n\r\n", "x\r\n", "3\nabc\r\n0\r\n\r\n", "-1\r\n", "\r\n"})
  void a_malformed_chunk_is_refused(String body) {
    assertThatThrownBy(() -> copied(body)).isInstanceOf(BadMessage.class);
  }

  @Test
  void chunks_are_written_anew_without_extensions_and_trailers() throws IOException {
    assertThat(copied("3;x=y\r\nabc\r\n00\r\nTrailer: a\r\n\r\nnext"))
        .isEqualTo("3\r\nabc\r\n0\r\n\r\n");
  }

  @Test
  void an_incomplete_body_is_an_error() {
    assertThatThrownBy(() -> copied("5\r\nabc")).isInstanceOf(EOFException.class);
    assertThatThrownBy(
            () -> new Framing.Length(5).copy(bytes("abc"), new ByteArrayOutputStream(), () -> {}))
        .isInstanceOf(EOFException.class);
  }

  private static String copied(String body) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new Framing.Chunked().copy(bytes(body), out, () -> {});
    return out.toString(StandardCharsets.ISO_8859_1);
  }

  @Test
  void fields_of_the_connection_are_not_passed_on() throws IOException {
    String fields =
        String.join(
            "\r\n",
            "Host: h",
            "Connection: keep-alive, X-Hop",
            "X-Hop: 1",
            "TE: a",
            "Keep-Alive: 5",
            "Proxy-Authorization: b",
            "X-End: 2");
    Head head = read("GET / HTTP/1.1\r\n" + fields + "\r\n\r\n").head();

    assertThat(head.endToEnd()).extracting(Head.Field::name).containsExactly("Host", "X-End");
  }

  @Test
  @Tag("I1")
  void its_text_does_not_contain_values() throws IOException {
    assertThat(read("GET / HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer secret\r\n\r\n").toString())
        .doesNotContain("secret");
  }
}
