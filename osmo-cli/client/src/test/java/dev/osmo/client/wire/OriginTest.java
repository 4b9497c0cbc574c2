package dev.osmo.client.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OriginTest {

  @ParameterizedTest
  @CsvSource({
    "https://a.example.com/x, HTTPS://A.example.com:443/y?z, true",
    "http://localhost, http://localhost:80, true",
    "https://a.example.com, http://a.example.com, false",
    "https://a.example.com, https://a.example.com:8443, false",
    "https://a.example.com, https://a.example.com.evil.test, false",
    "https://a.example.com, https://example.com, false",
  })
  void scheme_host_and_port_decide(String one, String other, boolean same) {
    assertThat(Origin.of(URI.create(one)).equals(Origin.of(URI.create(other)))).isEqualTo(same);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://a.example.com@evil.test/",
        "https:///path",
        "https:a.example.com",
        "ftp://a.example.com",
        "file:///etc/passwd",
        "/path",
        "a.example.com"
      })
  void other_addresses_are_refused(String address) {
    assertThatThrownBy(() -> Origin.of(URI.create(address)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "https://a.example.com, true",
    "http://localhost:8080, true",
    "http://127.0.0.1:8080, true",
    "http://[::1]:8080, true",
    "http://localhost.evil.test, false",
    "http://127.0.0.1.evil.test, false",
    "http://10.0.0.1, false",
  })
  void only_this_machine_gets_an_unencrypted_credential(String address, boolean isPrivate) {
    assertThat(Origin.of(URI.create(address)).isPrivate()).isEqualTo(isPrivate);
  }

  @Test
  void it_shows_no_path_and_no_query() {
    assertThat(Origin.of(URI.create("https://a.example.com/p?token=x")))
        .hasToString("https://a.example.com:443");
  }
}
