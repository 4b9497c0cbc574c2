package dev.osmo.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Names with several addresses. The resolver of Java reads them from the file {@code hosts}, which
 * the build names.
 */
@QuarkusTest
class AddressesTest extends CommandTest {

  @ParameterizedTest
  @ValueSource(strings = {"refusing-first.test", "silent-first.test", "six-first.test"})
  void a_server_is_reached_at_any_of_its_addresses(String name) {
    exchangeAnswers(FakeJwt.livingFor(300, "first"));

    assertThat(logInTo("http://" + name + ":" + server.port()).err()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"refusing-first.test", "silent-first.test"})
  void a_proxy_is_reached_at_any_of_its_addresses(String name) {
    exchangeAnswers(FakeJwt.livingFor(300, "first"));
    variable("HTTP_PROXY", "http://" + name + ":" + server.port());

    assertThat(logInTo("http://osmo.invalid").err()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"six-only.test", "six-first.test"})
  void a_server_with_ipv6_only_is_reached(String name) {
    WireMockServer six = new WireMockServer(options().dynamicPort().bindAddress("::1"));
    six.start();
    try {
      String jwt = FakeJwt.livingFor(300, "six");
      six.stubFor(any(anyUrl()).willReturn(okJson("{\"token\":\"" + jwt + "\"}")));

      assertThat(logInTo("http://" + name + ":" + six.port()).err()).isEmpty();
    } finally {
      six.stop();
    }
  }

  @Test
  void a_server_that_refuses_at_all_addresses_is_reported() {
    assertThat(logInTo("http://refusing.test:" + server.port()).err())
        .contains("refusing.test:" + server.port() + " refuses connections");
  }

  private CommandResult logInTo(String address) {
    return runTyping(token, "login", address, "--token-file=-", "--allow-http");
  }
}
