package dev.osmo.cli.scan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SarifTest {
  @ParameterizedTest
  @CsvSource({
    "/a/b c.txt, file:///a/b%20c.txt",
    "src/x.yml, src/x.yml",
    "./src/./x.yml, src/x.yml",
    "a:b, ./a:b",
    "ä/日 #?%.txt, %C3%A4/%E6%97%A5%20%23%3F%25.txt",
    "stdin, stdin",
    "//host/share, file:///host/share",
  })
  void a_path_becomes_a_valid_uri(String path, String uri) {
    assertThat(Sarif.uri(path)).isEqualTo(uri);
  }
}
