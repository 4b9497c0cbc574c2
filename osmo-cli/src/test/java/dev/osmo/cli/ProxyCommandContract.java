package dev.osmo.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The proxy variables. */
interface ProxyCommandContract extends CommandContract {
  String BASIC =
      "Basic "
          + Base64.getEncoder().encodeToString("me:p@ss:word".getBytes(StandardCharsets.UTF_8));

  @ParameterizedTest
  @ValueSource(strings = {"http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"})
  default void the_proxy_of_the_environment_is_used(String variable) {
    variable(variable, url());

    assertThat(logInTo("http://osmo.invalid").err()).contains("came through the proxy");
  }

  @Test
  @Tag("I1")
  default void a_tunnel_is_requested_by_server_name_and_gets_no_secret() throws Exception {
    try (TlsServer tls = TlsServer.with(TestCertificate.of("osmo.invalid"));
        ConnectProxy proxy = new ConnectProxy(tls.port())) {
      variable("HTTPS_PROXY", proxy.url());
      variable("HTTP_PROXY", "http://other.invalid:1");
      variable("OSMO_CA_FILE", tls.authority());

      assertThat(logInTo("https://osmo.invalid").code()).isZero();

      assertThat(proxy.heads())
          .singleElement()
          .satisfies(
              head ->
                  assertThat(head)
                      .startsWith("CONNECT osmo.invalid:443 HTTP/1.1\r\n")
                      .doesNotContainIgnoringCase("authorization"));
      assertThat(tls.requests()).isEqualTo(1);
    }
  }

  @Test
  @Tag("I1")
  default void only_the_proxy_gets_the_proxy_credentials() throws Exception {
    try (TlsServer tls = TlsServer.with(TestCertificate.of("osmo.invalid"));
        ConnectProxy proxy = new ConnectProxy(tls.port(), "Proxy-Authorization: " + BASIC)) {
      variable("HTTPS_PROXY", "http://me:p%40ss%3aword@" + proxy.address());
      variable("OSMO_CA_FILE", tls.authority());

      CommandResult ran =
          runTyping(token(), "--debug", "login", "https://osmo.invalid", "--token-file=-");

      assertThat(ran.code()).isZero();
      assertThat(ran.err())
          .contains("< 200")
          .doesNotContain("p@ss", "p%40ss", BASIC.substring("Basic ".length()));
      assertThat(tls.wasTold("Proxy-Authorization")).isFalse();
    }
  }

  @Test
  default void a_wrong_proxy_password_is_reported_and_not_printed() throws Exception {
    try (TlsServer tls = TlsServer.with(TestCertificate.of("osmo.invalid"));
        ConnectProxy proxy = new ConnectProxy(tls.port(), BASIC)) {
      variable("HTTPS_PROXY", "http://me:hunter2@" + proxy.address());
      variable("OSMO_CA_FILE", tls.authority());

      CommandResult ran = logInTo("https://osmo.invalid");

      assertThat(ran.err())
          .startsWith(
              "Error: The proxy requires a user name and password, or does not accept them.")
          .doesNotContain("hunter2");
      assertThat(ran.code()).isEqualTo(2);
      assertThat(tls.requests()).isZero();
    }
  }

  @Test
  default void a_proxy_without_a_tunnel_gets_the_credentials() {
    variable("HTTP_PROXY", url().replace("http://", "http://me:p%40ss%3aword@"));

    assertThat(logInTo("http://osmo.invalid").err()).contains("came through the proxy");

    sent(anyRequestedFor(anyUrl()).withHeader("Proxy-Authorization", equalTo(BASIC)));
  }

  @Test
  default void an_exempt_server_does_not_get_the_proxy_password() {
    variable("HTTP_PROXY", "http://me:p%40ss%3aword@proxy.invalid:1");
    variable("NO_PROXY", "0.0.0.0");

    assertThat(logInTo(notLoopback()).err()).contains("came through");

    sent(anyRequestedFor(anyUrl()).withoutHeader("Proxy-Authorization"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "osmo.invalid",
        "OSMO.invalid",
        "osmo.invalid.",
        ".invalid.",
        ".invalid",
        "*.invalid",
        "a,invalid",
        "a osmo.invalid:80",
        "*"
      })
  default void a_host_may_be_exempt_from_the_proxy(String exempt) {
    CommandResult ran = logInExempting(exempt, "http://osmo.invalid");

    assertThat(ran.err()).contains("Cannot reach");
    nothingWasSent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"bücher.invalid", "BÜCHER.invalid:80", "xn--bcher-kva.invalid"})
  default void an_international_name_may_be_exempt_in_either_spelling(String exempt) {
    CommandResult ran = logInExempting(exempt, "http://bücher.invalid");

    assertThat(ran.err()).contains("Cannot reach");
    nothingWasSent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"other.invalid", "smo.invalid", "osmo.invalid:81", "10.0.0.0/8", ".", ""})
  default void another_host_is_not_exempt(String exempt) {
    assertThat(logInExempting(exempt, "http://osmo.invalid").err())
        .contains("came through the proxy");
  }

  /** The unspecified address reaches this machine, which osmo does not assume. */
  @ParameterizedTest
  @CsvSource({
    "0.0.0.0, true",
    "::ffff:0.0.0.0, true",
    "0.0.0.0/32, true",
    "0.0.0.0/0, true",
    "10.0.0.0/8, false",
    "0.0.0.0/33, false",
    "::/0, false"
  })
  default void addresses_may_be_exempt_one_by_one_or_in_blocks(String exempt, boolean direct) {
    variable("HTTP_PROXY", "http://proxy.invalid:1");
    variable("NO_PROXY", exempt);

    assertThat(logInTo(notLoopback()).err().contains("came through")).isEqualTo(direct);
  }

  @Test
  default void loopback_addresses_never_use_a_proxy() {
    variable("HTTP_PROXY", "http://proxy.invalid:1");

    logIn();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://me:hunter2@proxy:1",
        "http://me:hunter2@",
        "http://me:hunt#er2@proxy:1",
        "::",
        "http://",
        "https://proxy:1",
        "socks5://proxy:1"
      })
  default void an_unsupported_proxy_is_refused_and_not_printed(String proxy) {
    variable("HTTP_PROXY", proxy);

    CommandResult ran = logInTo("http://osmo.invalid");

    assertThat(ran.err()).contains("proxy").doesNotContain("er2");
    assertThat(ran.code()).isEqualTo(2);
  }

  private CommandResult logInExempting(String exempt, String address) {
    variable("HTTP_PROXY", url());
    variable("NO_PROXY", exempt);
    return logInTo(address);
  }

  private CommandResult logInTo(String address) {
    everythingAnswers(problem(401, "came through the proxy"));
    return runTyping(token(), "login", address, "--token-file=-", "--allow-http");
  }
}
