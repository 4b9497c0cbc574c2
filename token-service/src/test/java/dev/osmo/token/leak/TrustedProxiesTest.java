package dev.osmo.token.leak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.osmo.token.settings.StartRefused;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrustedProxiesTest {

  private final TrustedProxies proxies = TrustedProxies.read(List.of("10.0.0.0/8", " ::1"));

  @Test
  void a_header_from_an_untrusted_address_is_ignored() {
    assertThat(client("203.0.113.9", "198.51.100.1")).isEqualTo("203.0.113.9");
  }

  @Test
  void the_entry_of_the_outermost_trusted_proxy_is_used() {
    assertThat(client("10.0.0.1", "1.1.1.1, 198.51.100.1, 10.2.3.4")).isEqualTo("198.51.100.1");
    assertThat(client("::1", "198.51.100.1")).isEqualTo("198.51.100.1");
  }

  @Test
  void without_a_readable_entry_the_last_trusted_address_is_used() {
    assertThat(client("10.0.0.1", "nonsense")).isEqualTo("10.0.0.1");
    assertThat(proxies.clientOf("10.0.0.1", List.of()).network()).isEqualTo("10.0.0.1");
    assertThat(proxies.clientOf(null, List.of())).isEqualTo(ClientAddress.UNKNOWN);
  }

  @Test
  void hosts_of_one_ipv6_network_are_one_client() {
    assertThat(client("2001:db8:1:2:3::4", "")).isEqualTo(client("2001:db8:1:2::9", ""));
    assertThat(client("2001:db8:1:2::9", "")).isNotEqualTo(client("2001:db8:1:3::9", ""));
  }

  @Test
  void a_malformed_network_refuses_the_start() {
    for (String wrong : List.of("proxy.example.com", "10.0.0.0/99", "/8", "")) {
      assertThatThrownBy(() -> TrustedProxies.read(List.of(wrong)))
          .isInstanceOf(StartRefused.class)
          .hasMessageContaining("neither an address nor a network");
    }
  }

  private String client(String peer, String forwardedFor) {
    return proxies.clientOf(peer, List.of(forwardedFor)).network();
  }
}
