package dev.osmo.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static dev.osmo.cli.RawServer.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A failure of the network says which one it was, and what to do next. */
interface NetworkCommandContract extends CommandContract {

  @Test
  default void a_name_without_an_address() {
    assertThat(logInTo("https://osmo.invalid").err())
        .isEqualTo(
            "Error: Cannot reach https://osmo.invalid: the name of osmo.invalid was not found."
                + " Check its spelling, and the network connection.\n");
  }

  @Test
  default void a_port_where_nothing_listens() throws IOException {
    int port = closedPort();

    CommandResult ran = logInTo("http://localhost:" + port);

    assertThat(ran.err())
        .isEqualTo(
            "Error: Cannot reach http://localhost:%d: localhost:%d refuses connections. Check the address and that the server is running.\n"
                .formatted(port, port));
    assertThat(ran.code()).isEqualTo(10);
  }

  @Test
  default void a_proxy_that_does_not_run() throws IOException {
    int port = closedPort();
    variable("HTTPS_PROXY", "http://me:hunter2@127.0.0.1:" + port);

    assertThat(logInTo("https://osmo.invalid").err())
        .contains(": the proxy 127.0.0.1:" + port + " refuses connections.")
        .contains("NO_PROXY")
        .doesNotContain("hunter2");
  }

  @Test
  default void a_proxy_without_an_address() {
    variable("HTTPS_PROXY", "http://proxy.invalid:3128");

    assertThat(logInTo("https://osmo.example.com").err())
        .contains(": the name of the proxy proxy.invalid was not found.");
  }

  @Test
  default void a_proxy_that_does_not_connect_to_the_server() throws IOException {
    try (RawServer proxy = answering("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")) {
      variable("HTTPS_PROXY", proxy.url());

      assertThat(logInTo("https://osmo.invalid").err())
          .contains("the proxy localhost:", "does not connect to it (status 403).");
      assertThat(proxy.answered()).isEqualTo(1);
    }
  }

  @Test
  default void tls_on_a_port_without_tls() {
    assertThat(logInTo(url().replace("http:", "https:")).err())
        .contains("the port does not use TLS. Check the port, or use http://");
    nothingWasSent();
  }

  @Test
  default void no_tls_on_a_port_with_tls() throws IOException {
    String alert = "\u0015\u0003\u0003\u0000\u0002\u0002\n";
    String nginx = "<html><title>400 The plain HTTP request was sent to HTTPS port</title></html>";
    try (RawServer tls = answering(alert)) {
      assertThat(listFrom(tls).err()).contains("the port requires TLS. Use https://");
    }
    try (RawServer proxy =
        answering("HTTP/1.1 400 Bad\r\nContent-Length: " + nginx.length() + "\r\n\r\n" + nginx)) {
      assertThat(listFrom(proxy).err()).contains("the port requires TLS. Use https://");
    }
    try (RawServer silent = answering("")) {
      assertThat(listFrom(silent).err())
          .contains("the connection was closed without a response", "use https://");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n[",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n[]\r\n",
        "HTTP/1.1 200 OK\r\nContent-",
        "HTTP/1.1 2"
      })
  default void a_response_that_is_cut_off(String sent) throws IOException {
    try (RawServer server = answering(sent)) {
      CommandResult ran = listFrom(server);

      assertThat(ran.err()).contains(": the connection was cut off during the response.");
      assertThat(ran.out()).isEmpty();
      assertThat(ran.code()).isEqualTo(10);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"SSH-2.0-OpenSSH\r\n", "HTTP/2 200 OK\r\n\r\n", "junk"})
  default void a_response_that_is_not_http(String sent) throws IOException {
    try (RawServer server = answering(sent)) {
      assertThat(listFrom(server).err()).contains(": the response is not HTTP.");
      assertThat(server.answered()).isEqualTo(1);
    }
  }

  /** The query may contain a secret. */
  @Test
  default void a_redirect_names_its_target() {
    logIn();
    everythingAnswers(
        aResponse().withStatus(308).withHeader("Location", "https://new.example.com/api?code=1"));

    CommandResult ran = run("token", "list");

    assertThat(ran.err())
        .startsWith(
            "Error: The server redirects (status 308) to https://new.example.com/api, which osmo"
                + " does not follow. Log in to the address");
    assertThat(ran.code()).isEqualTo(10);
  }

  @ParameterizedTest
  @CsvSource({
    "'<html>nginx</html>', 2",
    "'{\"detail\":\"Not Found\"}', 2",
    "'{\"type\":\"urn:osmo:problem:not-found\",\"message\":\"No\",\"error_code\":\"USER\"}', 2",
    "'{\"type\":\"urn:osmo:problem:no-such-route\",\"message\":\"No\",\"error_code\":\"USER\"}', 2",
    "'{\"message\":\"Access token ci not found\",\"error_code\":\"USER\"}', 5",
    "'{\"type\":\"urn:osmo:problem:token-not-found\",\"error_code\":\"USER\"}', 5"
  })
  default void a_wrong_address_is_not_a_missing_token(String body, int code) {
    logIn();
    everythingAnswers(jsonResponse(body, 404));

    CommandResult ran = run("token", "show", "ci");

    assertThat(ran.code()).isEqualTo(code);
    assertThat(ran.err().contains("has nothing at this address")).isEqualTo(code == 2);
  }

  /** No context has the address yet. */
  @Test
  default void a_login_at_a_wrong_address_names_no_context() {
    everythingAnswers(jsonResponse("{\"detail\":\"Not Found\"}", 404));

    assertThat(logInTo(url() + "/foo").err())
        .endsWith(
            "Error: The server has nothing at this address (status 404). Check the URL. It is"
                + " usually that of the server, without a path.\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://ex_ample.invalid", "http://b\u00fccher.invalid"})
  default void a_host_may_have_an_underscore_or_letters_of_all_languages(String address) {
    variable("HTTP_PROXY", url());
    everythingAnswers(problem(401, "came through the proxy"));

    assertThat(logInTo(address).err()).contains("came through the proxy");
    assertThat(server().getAllServeEvents().getFirst().getRequest().getHeader("Host"))
        .isIn("ex_ample.invalid", "xn--bcher-kva.invalid");
  }

  @Test
  default void a_server_that_has_only_an_ipv6_address() {
    WireMockServer six = new WireMockServer(options().dynamicPort().bindAddress("::1"));
    six.start();
    try {
      six.stubFor(
          any(anyUrl())
              .willReturn(jsonResponse("{\"token\":\"" + FakeJwt.livingFor(9, "a") + "\"}", 200)));

      assertThat(logInTo("http://[::1]:" + six.port()).code()).isZero();
    } finally {
      six.stop();
    }
  }

  private static RawServer answering(String text) throws IOException {
    return new RawServer(FakeJwt.livingFor(300, "raw"), out -> out.write(bytes(text)));
  }

  private CommandResult listFrom(RawServer server) {
    variable("OSMO_URL", server.url());
    variable("OSMO_TOKEN", token());
    return run("token", "list");
  }

  private CommandResult logInTo(String address) {
    return runTyping(token(), "login", address, "--token-file=-", "--allow-http");
  }

  private static int closedPort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }
}
