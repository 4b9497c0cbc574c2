package dev.osmo.cli;

import static dev.osmo.cli.RawServer.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that means ill can neither hang a command, nor crash it, nor learn more. */
@Tag("I9")
interface HostileServerCommandContract extends CommandContract {
  String OK = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";

  @Test
  default void an_endless_body_is_cut_off() throws IOException {
    Ran ran =
        listFrom(
            out -> {
              out.write(bytes(OK + "Transfer-Encoding: chunked\r\n\r\n"));
              byte[] chunk = bytes("10000\r\n" + "x".repeat(0x10000) + "\r\n");
              while (true) {
                out.write(chunk);
              }
            });

    assertThat(ran.err()).contains("larger than osmo accepts");
    assertThat(ran.code()).isEqualTo(10);
  }

  @Test
  default void a_body_announced_too_large_is_cut_off() throws IOException {
    Ran ran =
        listFrom(
            out -> {
              out.write(bytes(OK + "Content-Length: 9000000000\r\n\r\n"));
              byte[] some = bytes("x".repeat(0x10000));
              while (true) {
                out.write(some);
              }
            });

    assertThat(ran.err()).contains("larger than osmo accepts");
    assertThat(ran.code()).isEqualTo(10);
  }

  @Test
  default void a_slow_drip_ends_with_the_time_that_we_have() throws IOException {
    variable("OSMO_TIMEOUT", "2");

    Ran ran =
        listFrom(
            out -> {
              out.write(bytes(OK + "Content-Length: 100000\r\n\r\n"));
              while (true) {
                out.write(' ');
                out.flush();
                Thread.sleep(50);
              }
            });

    assertThat(ran.err()).contains("No complete answer from ", " within 2 s");
    assertThat(ran.code()).isEqualTo(10);
  }

  @Test
  default void silence_ends_with_the_time_that_we_have() throws IOException {
    variable("OSMO_TIMEOUT", "1");

    Ran ran = listFrom(out -> Thread.sleep(100_000));

    assertThat(ran.err()).contains("No complete answer from ");
    assertThat(ran.code()).isEqualTo(10);
  }

  @Test
  default void endless_headers_are_cut_off() throws IOException {
    Ran ran =
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
  default void what_is_not_http_is_a_server_error(String answer) throws IOException {
    variable("OSMO_TIMEOUT", "5");

    Ran ran = listFrom(out -> out.write(bytes(answer)));

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
    Ran ran = answering("[".repeat(200_000));

    assertThat(ran.err()).contains("not JSON");
    assertThat(ran.code()).isEqualTo(10);
  }

  @Test
  default void a_redirect_elsewhere_takes_nothing_along() throws IOException {
    String elsewhere = url();
    Ran ran =
        listFrom(
            out ->
                out.write(
                    bytes(
                        "HTTP/1.1 307 Temporary Redirect\r\nContent-Length: 0\r\nLocation: "
                            + elsewhere
                            + "/steal\r\n\r\n")));

    assertThat(ran.err()).contains("redirects elsewhere");
    assertThat(ran.code()).isEqualTo(10);
    nothingWasSent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "soon", "100000", "1s"})
  default void a_time_limit_that_is_none_is_refused(String limit) throws IOException {
    variable("OSMO_TIMEOUT", limit);

    Ran ran = listFrom(out -> out.write(0));

    assertThat(ran.err()).contains("OSMO_TIMEOUT is " + limit);
    assertThat(ran.code()).isEqualTo(2);
  }

  private Ran answering(String json) throws IOException {
    byte[] body = bytes(json);
    return listFrom(
        out -> {
          out.write(bytes(OK + "Content-Length: " + body.length + "\r\n\r\n"));
          out.write(body);
        });
  }

  private Ran listFrom(RawServer.Answer answer) throws IOException {
    try (RawServer hostile = new RawServer(FakeJwt.livingFor(300, "hostile"), answer)) {
      variable("OSMO_URL", hostile.url());
      variable("OSMO_TOKEN", token());
      Ran ran = run("token", "list");
      assertThat(ran.err()).doesNotContain("\u001b");
      return ran;
    }
  }
}
