package dev.osmo.http.issuer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.osmo.http.start.StartRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedIssuersTest {

  private static final String OURS = "https://osmo.test";

  private static final String GITHUB =
      "{\"name\": \"github\", \"issuer\": \"https://token.example.com\","
          + " \"audience\": \"https://osmo.test\", \"subjects\": \"github\"}";

  @TempDir Path folder;

  @Test
  void without_a_file_no_issuer_is_trusted() {
    assertThat(TrustedIssuers.read(Optional.empty(), OURS).all()).isEmpty();
  }

  @Test
  void an_issuer_is_found_by_its_name_and_by_its_exact_claim() {
    TrustedIssuers issuers = read("{\"issuers\": [" + GITHUB + "]}");

    TrustedIssuer issuer = issuers.named("github").orElseThrow();
    assertThat(issuer.subjects()).contains(SubjectFormat.GITHUB);
    assertThat(issuer.algorithms()).isEqualTo(Set.of("RS256", "ES256"));
    assertThat(issuers.find("https://token.example.com")).contains(issuer);
    assertThat(issuers.find("https://token.example.com/")).isEmpty();
    assertThat(issuers.find("https://TOKEN.example.com")).isEmpty();
  }

  @Test
  void the_keys_of_an_issuer_may_be_in_a_file() {
    TrustedIssuer issuer =
        read("{\"issuers\": [{\"name\": \"cluster\", \"issuer\": \"https://k8s.example.com\","
                + " \"audience\": \"osmo\", \"keys\": \"/etc/osmo/keys.json\","
                + " \"algorithms\": [\"RS256\"]}]}")
            .all()
            .getFirst();

    assertThat(issuer.keysFile()).contains(Path.of("/etc/osmo/keys.json"));
    assertThat(issuer.algorithms()).containsExactly("RS256");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"issuer\": \"https://token.example.com\" | \"issuer\": \"http://token.example.com\"",
        "\"issuer\": \"https://token.example.com\" | \"issuer\": \"https://token.example.com?a\"",
        "\"issuer\": \"https://token.example.com\" | \"issuer\": \"https://osmo.test\"",
        "\"issuer\": \"https://token.example.com\" | \"issuer\": \"https://a@token.example.com\"",
        "\"issuer\": \"https://token.example.com\", | ''",
        "\"audience\": \"https://osmo.test\" | \"audience\": \"  \"",
        "\"name\": \"github\" | \"name\": \"issuer\"",
        "\"name\": \"github\" | \"name\": \"Git Hub\"",
        "\"name\": \"github\" | \"name\": \"github\", \"name\": \"gitlab\"",
        "\"subjects\": \"github\" | \"subjects\": \"bitbucket\"",
        "\"subjects\": \"github\" | \"subject\": \"github\"",
        "\"subjects\": \"github\" | \"algorithms\": []",
        "\"subjects\": \"github\" | \"algorithms\": [\"HS256\"]",
        "\"subjects\": \"github\" | \"algorithms\": [\"none\"]",
        "\"subjects\": \"github\" | \"keys\": \"http://keys.example.com\"",
        "\"subjects\": \"github\" | \"keys\": \"keys.json\""
      })
  void an_entry_that_is_not_safe_stops_the_start(String good, String bad) {
    String entry = GITHUB.replace(good, bad);

    assertThat(entry).isNotEqualTo(GITHUB);
    refused("{\"issuers\": [" + entry + "]}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "{\"issuers\": null}",
        "{\"issuers\": [null]}",
        "{\"issuers\": []} {}"
      })
  void a_file_of_another_shape_stops_the_start(String content) {
    refused(content);
  }

  @Test
  void two_issuers_cannot_share_a_name_or_a_claim() {
    refused("{\"issuers\": [" + GITHUB + "," + GITHUB + "]}");
    refused("{\"issuers\": [" + GITHUB + "," + GITHUB.replace("\"github\",", "\"other\",") + "]}");
  }

  private void refused(String content) {
    assertThatThrownBy(() -> read(content))
        .isInstanceOf(StartRefused.class)
        .hasMessageStartingWith("The file of trusted issuers " + folder);
  }

  private TrustedIssuers read(String content) {
    try {
      Path file = Files.writeString(folder.resolve("issuers.json"), content);
      return TrustedIssuers.read(Optional.of(file), OURS);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
