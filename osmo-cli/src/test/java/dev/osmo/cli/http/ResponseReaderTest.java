package dev.osmo.cli.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The length of a response (RFC 9112, section 6.3). Here {@code |} is a line break. */
class ResponseReaderTest {

  @ParameterizedTest
  @CsvSource({
    "GET, 'HTTP/1.1 200 OK|Content-Length: 2||abX', ab, true",
    "GET, 'HTTP/1.1 200|content-length:2|Content-Length: 2 ||ab', ab, true",
    "GET, 'HTTP/1.1 200 OK|Transfer-Encoding: chunked||1;a=b|a|01 |b|0|T: x||X', ab, true",
    "GET, 'HTTP/1.1 200 OK|Transfer-Encoding: chunked|Content-Length: 1||2|ab|0||', ab, false",
    "GET, 'HTTP/1.1 103 Early Hints|A: b||HTTP/1.1 200 OK|Content-Length: 2||ab', ab, true",
    "GET, 'HTTP/1.1 200 OK|Connection: Keep-Alive, Close|Content-Length: 2||ab', ab, false",
    "GET, 'HTTP/1.0 200 OK|Content-Length: 2||ab', ab, false",
    "GET, 'HTTP/1.1 200 OK||ab', ab, false",
    "GET, 'HTTP/1.1 204 No Content|Content-Length: 2||ab', '', true",
    "GET, 'HTTP/1.1 304 Not Modified|Transfer-Encoding: chunked||', '', true",
    "HEAD, 'HTTP/1.1 200 OK|Content-Length: 9||', '', true"
  })
  void a_response_has_one_length(String method, String sent, String body, boolean reusable)
      throws IOException {
    ResponseReader reader = reader(sent);

    assertThat(reader.read(method).body()).asString().isEqualTo(body);
    assertThat(reader.isReusable()).isEqualTo(reusable);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK|Content-Length: 1|Content-Length: 2||ab",
        "HTTP/1.1 200 OK|Content-Length: 1, 1||a",
        "HTTP/1.1 200 OK|Content-Length: +1||a",
        "HTTP/1.1 200 OK|Transfer-Encoding: chunked||-1|a|0||",
        "HTTP/1.1 200 OK|Transfer-Encoding: chunked||1|ab|0||",
        "HTTP/1.1 200 OK|A : b||",
        "HTTP/1.1 200 OK| folded||",
        "HTTP/1.1 099 OK||",
        "HTTP/1.12 200 OK||"
      })
  void a_response_with_an_unclear_length_is_refused(String sent) {
    assertThatThrownBy(() -> reader(sent).read("GET"))
        .isInstanceOfSatisfying(
            NetworkFault.class,
            fault -> assertThat(fault.kind()).isEqualTo(NetworkFault.Kind.NOT_HTTP));
  }

  @Test
  void a_body_may_have_many_small_chunks() throws IOException {
    String chunks = "1|a|".repeat(200_000);

    assertThat(reader("HTTP/1.1 200 OK|Transfer-Encoding: chunked||" + chunks + "0||").read("GET"))
        .satisfies(response -> assertThat(response.body()).hasSize(200_000));
  }

  private static ResponseReader reader(String sent) {
    return new ResponseReader(
        new ByteArrayInputStream(sent.replace("|", "\r\n").getBytes(StandardCharsets.ISO_8859_1)));
  }
}
