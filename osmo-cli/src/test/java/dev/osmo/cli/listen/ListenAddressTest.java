package dev.osmo.cli.listen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.osmo.cli.output.Failure;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListenAddressTest {

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:8085,127.0.0.1:8085",
    "localhost:0,127.0.0.1:0",
    "[::1]:80,[0:0:0:0:0:0:0:1]:80",
    "unix:/run/osmo/s,unix:/run/osmo/s"
  })
  void a_local_address_is_numeric_or_a_unix_socket(String text, String shown) {
    assertThat(ListenAddress.local("--listen", text)).hasToString(shown);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0:80", ":80", "10.0.0.1:80", "[::]:80", "[fe80::1]:80"})
  void other_machines_cannot_be_allowed(String text) {
    assertThatThrownBy(() -> ListenAddress.local("--listen", text))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("would give JWTs to other machines");
    assertThat(ListenAddress.any("--health", text)).isInstanceOf(ListenAddress.Tcp.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "8085", "example.com:80", "1:80", "127.0.0.1:70000", "unix:relative", "unix:"})
  void anything_else_is_refused(String text) {
    assertThatThrownBy(() -> ListenAddress.any("--listen", text))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("is not an address to listen on");
  }
}
