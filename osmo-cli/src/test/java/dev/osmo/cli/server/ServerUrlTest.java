package dev.osmo.cli.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.osmo.cli.output.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerUrlTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost:8080",
        "http://LOCALHOST",
        "http://127.0.0.1",
        "http://127.1.2.3:9",
        "http://[::1]:8080"
      })
  void addresses_that_stay_on_the_machine(String text) {
    assertThat(new ServerUrl(text).isLoopback()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost.example.com",
        "http://127.0.0.1.example.com",
        "http://10.0.0.1",
        "http://0.0.0.0",
        "http://notlocalhost",
        "http://a.localhost",
        "http://localhost.",
        "http://2130706433",
        "http://[::ffff:127.0.0.1]",
        "http://[::2]"
      })
  void addresses_that_leave_the_machine(String text) {
    assertThat(new ServerUrl(text).isLoopback()).isFalse();
  }

  /** To people, the text before an @ looks like a host. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1.",
        "http://127.1",
        "http://localhost@example.com",
        "http://localhost:80@example.com",
        "http://127.0.0.1:8080@example.com/",
        "http://localhost\\@example.com",
        "http://example.com#@localhost",
        "http://localhost%00.example.com",
        "http://localhost%2eexample.com"
      })
  void a_disguised_host_is_not_an_address(String text) {
    assertThatThrownBy(() -> new ServerUrl(text)).isInstanceOf(Failure.class);
  }

  @ParameterizedTest
  @CsvSource({
    "http://a_b.example.com, a_b.example.com:80",
    "http://_a.example.com:8080/x, _a.example.com:8080",
    "https://b\u00fccher.example, xn--bcher-kva.example:443",
    "https://\uff4cocalhost:1, localhost:1",
    "https://[::1], [::1]:443"
  })
  void every_host_that_resolvers_accept_is_a_host(String text, String endpoint) {
    assertThat(new ServerUrl(text).endpoint()).hasToString(endpoint);
  }

  /** The first is another host in IDNA 2003 than in IDNA 2008. The others imitate a separator. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://stra\u00dfe.example",
        "https://good.example\uff0fbad.example",
        "https://good.example\uff20bad.example",
        "https://good.example\uff1abad.example",
        "https://a..b",
        "https://a:99999"
      })
  void a_host_with_two_meanings_is_refused(String text) {
    assertThatThrownBy(() -> new ServerUrl(text)).isInstanceOf(Failure.class);
  }

  @Test
  void trailing_slashes_are_removed() {
    assertThat(new ServerUrl("https://h/osmo//").resolve("/api")).hasToString("https://h/osmo/api");
  }
}
