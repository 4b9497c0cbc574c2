package dev.osmo.http.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.osmo.http.start.StartRefused;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedProxiesTest {

  private static final TrustedProxies PROXIES =
      TrustedProxies.read("trusted", List.of("10.0.0.0/8", " ::1", "2001:db8:ffff::1"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // an untrusted caller may write anything
        "203.0.113.9      | 192.0.2.1                        | 203.0.113.9",
        "203.0.113.9      | 10.1.1.1                         | 203.0.113.9",
        // A proxy is trusted about its own caller only.
        "10.1.2.3         | 192.0.2.1                        | 192.0.2.1",
        "10.1.2.3         | 198.51.100.7, 192.0.2.1          | 192.0.2.1",
        "10.1.2.3         | 198.51.100.7, 192.0.2.1,10.9.9.9 | 192.0.2.1",
        "2001:db8:ffff::1 | 192.0.2.1                        | 192.0.2.1",
        "::1              | 192.0.2.1                        | 192.0.2.1",
        // one spelling for one address; some proxies append a port
        "10.1.2.3         | ::ffff:192.0.2.1                 | 192.0.2.1",
        "10.1.2.3         | 192.0.2.1:4711                   | 192.0.2.1",
        "10.1.2.3         | 2001:db8:0:1::5                  | 20010db800000001/64",
        "10.1.2.3         | [2001:DB8:0:1:ffff::5]           | 20010db800000001/64",
        "10.1.2.3         | [2001:DB8:0:1:ffff::5]:99        | 20010db800000001/64",
        // an unreadable entry leaves the last readable one
        "10.1.2.3         | unknown                          | 10.1.2.3",
        "10.1.2.3         | 192.0.2.1:471100                 | 10.1.2.3",
        "10.1.2.3         | 192.0.2.1:                       | 10.1.2.3",
        "10.1.2.3         | 192.0.2.1, localhost             | 10.1.2.3",
        "10.1.2.3         |                                  | 10.1.2.3",
        // every entry is a trusted proxy
        "10.1.2.3         | 10.4.4.4                         | 10.4.4.4",
      })
  void the_client_address_is_the_last_one_before_the_trusted_proxies(
      String peer, String forwardedFor, String client) {
    List<String> headers = forwardedFor == null ? List.of() : List.of(forwardedFor);

    assertThat(PROXIES.clientOf(peer, headers).value()).isEqualTo(client);
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 192.0.2.1",
    "2001:db8:0:1::5, 2001:0db8:0000:0001::",
    "2001:db8::, 2001:0db8:0000:0000::"
  })
  void a_proxy_of_ours_forwards_an_address_that_counts_as_the_same_client(
      String address, String forwarded) {
    ClientAddress client = PROXIES.clientOf("10.1.2.3", List.of(address));

    assertThat(client.forwarded()).isEqualTo(forwarded);
    assertThat(PROXIES.clientOf("10.1.2.3", List.of(client.forwarded()))).isEqualTo(client);
  }

  @Test
  void several_headers_are_read_as_one_list() {
    assertThat(PROXIES.clientOf("10.1.2.3", List.of("198.51.100.7", "192.0.2.1")).value())
        .isEqualTo("192.0.2.1");
  }

  @Test
  void a_connection_without_an_address_counts_as_one_client() {
    assertThat(PROXIES.clientOf(null, List.of())).isEqualTo(ClientAddress.UNKNOWN);
  }

  @Test
  void hosts_of_one_ipv6_network_are_one_client() {
    ClientAddress client = PROXIES.clientOf("2001:db8:1:2:3::4", List.of());

    assertThat(PROXIES.clientOf("2001:db8:1:2::9", List.of())).isEqualTo(client);
    assertThat(PROXIES.clientOf("2001:db8:1:3::9", List.of())).isNotEqualTo(client);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "proxy.example.com",
        "10.0.0.0/33",
        "10.0.0.0/-1",
        "10.0.0.0/x",
        "10.0.0.1:80",
        "10.0.0.0/8/8",
        "/8",
        "",
        "2001:db8::/129"
      })
  void a_proxy_that_is_not_an_address_refuses_the_start(String text) {
    assertThatThrownBy(() -> TrustedProxies.read("some.setting", List.of(text)))
        .isInstanceOf(StartRefused.class)
        .hasMessage(
            "some.setting contains '" + text + "', which is neither an address nor a network.");
  }
}
