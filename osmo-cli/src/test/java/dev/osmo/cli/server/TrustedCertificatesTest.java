package dev.osmo.cli.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.osmo.cli.output.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The certificates of the operating system, whose location differs. */
class TrustedCertificatesTest {
  @TempDir private Path folder;

  @Test
  void the_first_existing_system_bundle_is_used() throws IOException {
    Path first = Files.writeString(folder.resolve("first.pem"), "");
    Path second = Files.writeString(folder.resolve("second.pem"), "");

    String none = folder.resolve("none.pem").toString();
    assertThat(TrustedCertificates.firstOf(List.of(none, first.toString(), second.toString())))
        .contains(new TrustedCertificates("", first));
    assertThat(TrustedCertificates.firstOf(List.of(none))).isEmpty();
  }

  @Test
  void without_https_no_bundle_is_read() {
    assertThat(
            TrustedCertificates.towards(
                new ServerUrl("http://osmo.example.com"),
                name -> Optional.of("/ca.pem").filter(file -> name.equals("SSL_CERT_FILE"))))
        .isEmpty();
  }

  @Test
  void an_unusable_system_bundle_falls_back_to_the_certificates_of_java() throws IOException {
    Path broken = Files.writeString(folder.resolve("broken.pem"), "no certificate");

    assertThat(new TrustedCertificates("", broken).context()).isEmpty();
    assertThatThrownBy(() -> new TrustedCertificates("SSL_CERT_FILE", broken).context())
        .isInstanceOf(Failure.class)
        .hasMessageContaining("SSL_CERT_FILE");
  }
}
