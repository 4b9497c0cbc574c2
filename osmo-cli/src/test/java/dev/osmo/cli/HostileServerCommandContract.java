package dev.osmo.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static dev.osmo.cli.RawServer.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A malicious server can neither block nor crash a command, nor get more credentials. */
@Tag("I9")
interface HostileServerCommandContract extends CommandContract {
  String OK = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";

  @Test
  default void an_endless_body_is_refused() throws IOException {
    CommandResult ran =
        listFrom(
            out -> {
              out.write(bytes(OK + "Transfer-Encoding: chunked\r\n\r\n"));
              byte[] chunk = bytes("10000\r\n" + "x".repeat(0x10000) + "\r\n");
              while (true) {
                out.write(chunk);
              }
            });

    assertThat(ran.err()).contains("is larger than 16 MiB");
    assertThat(ran.code()).isEqualTo(10);
  }

  @Test
  default void a_body_with_a_too_large_content_length_is_refused() throws IOException {
    CommandResult ran =
        listFrom(
            out -> {
              out.write(bytes(OK + "Content-Length: 9000000000\r\n\r\n"));
              byte[] some = bytes("x".repeat(0x10000));
              while (true) {
                out.write(some);
              }
            });

    assertThat(ran.err()).contains("is larger than 16 MiB");
    assertThat(ran.code()).isEqualTo(10);
  }

  @Test
  default void a_slow_response_ends_with_the_timeout() throws IOException {
    variable("OSMO_TIMEOUT", "2");

    CommandResult ran =
        listFrom(
            out -> {
              out.write(bytes(OK + "Content-Length: 100000\r\n\r\n"));
              while (true) {
                out.write(' ');
                out.flush();
                Thread.sleep(50);
              }
            });

    assertThat(ran.err()).contains("No complete response from ", " within 2 s");
    assertThat(ran.code()).isEqualTo(10);
  }

  @Test
  default void a_silent_server_ends_with_the_timeout() throws IOException {
    variable("OSMO_TIMEOUT", "1");

    CommandResult ran = listFrom(out -> Thread.sleep(100_000));

    assertThat(ran.err()).contains("No complete response from ");
    assertThat(ran.code()).isEqualTo(10);
  }

  @Test
  default void endless_headers_are_refused() throws IOException {
    CommandResult ran =
        listFrom(
            out -> {
              out.write(bytes("HTTP/1.1 200 OK\r\n"));
              for (int i = 0; ; i++) {
                out.write(bytes("X-" + i + ": " + "x".repeat(1000) + "\r\n"));
              }
            });

    assertThat(ran.err()).startsWith("Error: ").doesNotContain("osmo itself failed");
    assertThat(ran.code()).isEqualTo(10);
  }

  @Test
  default void endless_interim_responses_end_with_the_timeout() throws IOException {
    variable("OSMO_TIMEOUT", "2");

    CommandResult ran =
        listFrom(
            out -> {
              while (true) {
                out.write(bytes("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"));
              }
            });

    assertThat(ran.err()).startsWith("Error: ").doesNotContain("osmo itself failed");
    assertThat(ran.code()).isEqualTo(10);
  }

  /** Without decompression, a body cannot grow. */
  @Test
  default void a_compressed_body_is_not_decompressed() throws IOException {
    byte[] packed = packed("[" + " ".repeat(1_000_000) + "]");

    CommandResult ran =
        listFrom(
            out -> {
              out.write(
                  bytes(
                      OK
                          + "Content-Encoding: gzip\r\nContent-Length: "
                          + packed.length
                          + "\r\n\r\n"));
              out.write(packed);
            });

    assertThat(ran.err()).contains("not JSON");
    assertThat(ran.code()).isEqualTo(10);
  }

  @Test
  default void bytes_that_are_not_text_are_not_json() throws IOException {
    byte[] wrong = {'[', '"', (byte) 0xff, (byte) 0xfe, (byte) 0xc0, '"', ']'};

    CommandResult ran =
        listFrom(
            out -> {
              out.write(bytes(OK + "Content-Length: " + wrong.length + "\r\n\r\n"));
              out.write(wrong);
            });

    assertThat(ran.err()).contains("not JSON");
    assertThat(ran.code()).isEqualTo(10);
  }

  /** Also a lifetime that overflows. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"exp\":1e999999999",
        "\"exp\":99999999999999999999999999",
        "\"exp\":9223372036854775807,\"iat\":-9223372036854775808",
        "\"exp\":-9223372036854775808,\"iat\":9223372036854775807",
        "\"exp\":1,\"iat\":\"x\"",
        "\"exp\":1,\"exp\":2,\"pat_id\":{},\"name\":[1]"
      })
  default void a_jwt_with_an_extreme_lifetime_is_used(String claims) throws IOException {
    byte[] answer = bytes(OK + "Content-Length: 2\r\n\r\n[]");
    try (RawServer hostile =
        new RawServer(FakeJwt.withClaims("{" + claims + "}"), out -> out.write(answer))) {
      assertThat(runTyping(token(), "login", hostile.url(), "--token-file=-").code()).isZero();

      assertThat(run("token", "list", "-t", "json")).isEqualTo(new CommandResult(0, "[]\n", ""));
      assertThat(run("token", "list", "-t", "json")).isEqualTo(new CommandResult(0, "[]\n", ""));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SSH-2.0-OpenSSH\r\n",
        "HTTP/1.1 999999999999 x\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n[",
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n",
        "\u0000\u0001\u0002"
      })
  default void a_response_that_is_not_http_is_a_server_error(String answer) throws IOException {
    variable("OSMO_TIMEOUT", "5");

    CommandResult ran = listFrom(out -> out.write(bytes(answer)));

    assertThat(ran.err()).startsWith("Error: ").doesNotContain("osmo itself failed");
    assertThat(ran.out()).isEmpty();
    assertThat(ran.code()).isEqualTo(10);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "7",
        "\"text\"",
        "{\"a\":[]}",
        "[null,1,\"x\",[],{}]",
        "[{\"token_name\":{},\"roles\":\"x\",\"expires_at\":[1],\"created_at\":-1,\"state\":7}]",
        "[{\"expires_at\":\"+999999999-01-01T00:00:00Z\",\"created_at\":\"nonsense\"}]",
        "[{\"token_name\":1e999999999}]"
      })
  default void wrong_types_do_not_crash_a_list(String json) throws IOException {
    assertThat(answering(json).err()).doesNotContain("osmo itself failed");
  }

  @Test
  default void deep_nesting_does_not_crash() throws IOException {
    CommandResult ran = answering("[".repeat(200_000));

    assertThat(ran.err()).contains("not JSON");
    assertThat(ran.code()).isEqualTo(10);
  }

  @Test
  default void a_redirect_to_another_server_gets_no_credential() throws IOException {
    String elsewhere = url();
    CommandResult ran =
        listFrom(
            out ->
                out.write(
                    bytes(
                        "HTTP/1.1 307 Temporary Redirect\r\nContent-Length: 0\r\nLocation: "
                            + elsewhere
                            + "/steal\r\n\r\n")));

    assertThat(ran.err()).contains("redirects");
    assertThat(ran.code()).isEqualTo(10);
    nothingWasSent();
  }

  /** The exchange, whose body contains the token, would be repeated unchanged. */
  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  @Tag("I1")
  default void a_redirected_exchange_sends_the_token_nowhere(int status) throws IOException {
    WireMockServer elsewhere = new WireMockServer(options().dynamicPort().jettyAcceptors(1));
    elsewhere.start();
    try {
      everythingAnswers(
          aResponse()
              .withStatus(status)
              .withHeader("Location", "http://127.0.0.1:" + elsewhere.port() + EXCHANGE));

      CommandResult ran = runTyping(token(), "login", url(), "--token-file=-");

      assertThat(ran.err()).contains("redirects (status " + status + ")");
      assertThat(ran.code()).isEqualTo(10);
      assertThat(elsewhere.getAllServeEvents()).isEmpty();
      assertThat(exchanges()).isEqualTo(1);
    } finally {
      elsewhere.stop();
    }
  }

  /** People would see the token. */
  @ParameterizedTest
  @ValueSource(ints = {0x200b, 0x202e, 0xad, 0xfeff, 0x85, 0x1b, 0})
  @Tag("I1")
  default void removing_characters_does_not_reveal_a_token(int invisible) throws IOException {
    String split = token().substring(0, 2) + Character.toString(invisible) + token().substring(2);
    String escaped = split.replace(Character.toString(invisible), "\\u%04x".formatted(invisible));
    RawServer.Answer error = refusing(split, "{\"message\":\"No " + escaped + "\"}");
    RawServer.Answer echo = refusing("", split);

    for (CommandResult ran :
        List.of(listFrom(error), listFrom(error, "--json=a"), listFrom(echo, "--debug"))) {
      assertThat(ran.err()).contains("osmo_***").doesNotContain(token().substring(2));
    }
    assertThat(listFrom(error).err()).startsWith("osmo_***\nError: No osmo_***.");
  }

  /** Long enough to overflow the stack or take very long in a naive implementation. */
  @ParameterizedTest
  @ValueSource(strings = {"eyJ.", "a.", "osmo_", "eyJ", "aaaaaaaaaaaaaaaaaaaa."})
  default void tracing_a_pathological_body_ends(String piece) throws IOException {
    CommandResult ran = answering("\"" + piece.repeat(500_000) + "\"", "--debug");

    assertThat(ran.err()).doesNotContain("osmo itself failed");
    assertThat(ran.code()).isNotEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "soon", "100000", "1s"})
  default void an_invalid_timeout_is_refused(String limit) throws IOException {
    variable("OSMO_TIMEOUT", limit);

    CommandResult ran = listFrom(out -> out.write(0));

    assertThat(ran.err()).contains("OSMO_TIMEOUT is " + limit);
    assertThat(ran.code()).isEqualTo(2);
  }

  private CommandResult answering(String json, String... options) throws IOException {
    byte[] body = bytes(json);
    return listFrom(
        out -> {
          out.write(bytes(OK + "Content-Length: " + body.length + "\r\n\r\n"));
          out.write(body);
        },
        options);
  }

  private static RawServer.Answer refusing(String warning, String body) {
    String head =
        "HTTP/1.1 400 No\r\nx-osmo-warning: "
            + Base64.getEncoder().encodeToString(bytes(warning))
            + "\r\nContent-Length: "
            + bytes(body).length
            + "\r\n\r\n";
    return out -> out.write(bytes(head + body));
  }

  private static byte[] packed(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream packing = new GZIPOutputStream(bytes)) {
      packing.write(bytes(text));
    }
    return bytes.toByteArray();
  }

  private CommandResult listFrom(RawServer.Answer answer, String... options) throws IOException {
    try (RawServer hostile = new RawServer(FakeJwt.livingFor(300, "hostile"), answer)) {
      variable("OSMO_URL", hostile.url());
      variable("OSMO_TOKEN", token());
      CommandResult ran =
          run(Stream.concat(Stream.of("token", "list"), Stream.of(options)).toArray(String[]::new));
      assertThat(ran.err()).doesNotContain("\u001b");
      return ran;
    }
  }
}
