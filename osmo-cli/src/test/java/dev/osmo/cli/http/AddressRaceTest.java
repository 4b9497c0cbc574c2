package dev.osmo.cli.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The order of the addresses (RFC 8305, section 4). */
class AddressRaceTest {
  @ParameterizedTest
  @CsvSource({
    "::1 ::2 127.0.0.1 127.0.0.2, ::1 127.0.0.1 ::2 127.0.0.2",
    "127.0.0.1 ::1 ::2, 127.0.0.1 ::1 ::2",
    "::1 ::2 ::3 127.0.0.1, ::1 127.0.0.1 ::2 ::3",
    "127.0.0.2 127.0.0.1, 127.0.0.2 127.0.0.1"
  })
  void the_families_alternate(String resolved, String tried) throws UnknownHostException {
    assertThat(AddressRace.alternating(addresses(resolved))).isEqualTo(addresses(tried));
  }

  private static List<InetAddress> addresses(String text) throws UnknownHostException {
    List<InetAddress> all = new ArrayList<>();
    for (String each : text.split(" ", -1)) {
      all.add(InetAddress.getAllByName(each)[0]);
    }
    return all;
  }
}
