package dev.osmo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which server certificates osmo trusts. */
@Tag("I9")
interface TlsCommandContract extends CommandContract {

  @Test
  default void an_unknown_certificate_is_trusted_only_if_its_file_is_named() throws Exception {
    try (TlsServer tls = TlsServer.with(TestCertificate.of("localhost"))) {
      CommandResult distrusted = logInTo(tls);
      assertThat(tls.requests()).isZero();
      variable("OSMO_CA_FILE", tls.authority());
      CommandResult trusted = logInTo(tls);

      assertThat(distrusted.err())
          .contains("no trusted authority signed its certificate", "set OSMO_CA_FILE to");
      assertThat(distrusted.code()).isEqualTo(10);
      assertThat(trusted.code()).isZero();
    }
  }

  /** As OpenSSL does. */
  @Test
  default void osmo_ca_file_wins_over_ssl_cert_file() throws Exception {
    String other = TestCertificate.of("osmo.example.com").authority().toString();
    try (TlsServer tls = TlsServer.with(TestCertificate.of("localhost"))) {
      variable("SSL_CERT_FILE", tls.authority());
      CommandResult trusted = logInTo(tls);
      variable("OSMO_CA_FILE", other);
      CommandResult distrusted = logInTo(tls);

      assertThat(trusted.code()).isZero();
      assertThat(distrusted.err()).contains("No trusted TLS connection");
      assertThat(tls.requests()).isEqualTo(1);
    }
  }

  @Test
  default void a_missing_named_bundle_is_an_error() throws Exception {
    try (TlsServer tls = TlsServer.with(TestCertificate.of("localhost"))) {
      variable("SSL_CERT_FILE", home().resolve("no.pem").toString());

      CommandResult ran = logInTo(tls);

      assertThat(ran.err()).contains("SSL_CERT_FILE is ").contains("cannot be read");
      assertThat(ran.code()).isEqualTo(2);
    }
  }

  /** It is not among the authorities whose names are found byte by byte. */
  @Test
  default void the_case_of_the_name_of_an_authority_does_not_matter() throws Exception {
    try (TlsServer tls = TlsServer.with(TestCertificate.of("localhost"))) {
      variable("OSMO_CA_FILE", tls.authorityInUpperCase());

      logInTo(tls);

      assertThat(tls.requests()).isPositive();
    }
  }

  @Test
  default void every_authority_in_the_file_is_trusted() throws Exception {
    String other = Files.readString(TestCertificate.of("osmo.example.com").authority());
    try (TlsServer tls = TlsServer.with(TestCertificate.of("localhost"))) {
      String right = Files.readString(Path.of(tls.authority()));
      Path file = Files.writeString(home().resolve("all.pem"), other + right + other);
      variable("OSMO_CA_FILE", file.toString());

      logInTo(tls);

      assertThat(tls.requests()).isPositive();
    }
  }

  @Test
  default void a_certificate_file_may_also_contain_a_key_and_unusable_certificates()
      throws Exception {
    try (TlsServer tls = TlsServer.with(TestCertificate.of("localhost"))) {
      String key = "-----BEGIN PRIVATE KEY-----\nMAoGCCqGSM49\n-----END PRIVATE KEY-----\n";
      Path file = home().resolve("both.pem");
      Files.writeString(
          file,
          key
              + key.replace("PRIVATE KEY", "CERTIFICATE")
              + Files.readString(Path.of(tls.authority()))
              + key);
      variable("OSMO_CA_FILE", file.toString());

      logInTo(tls);

      assertThat(tls.requests()).isPositive();
    }
  }

  @Test
  default void a_certificate_for_another_host_is_not_trusted() throws Exception {
    try (TlsServer tls = TlsServer.with(TestCertificate.of("osmo.example.com"))) {
      variable("OSMO_CA_FILE", tls.authority());

      CommandResult ran = logInTo(tls);

      assertThat(ran.err()).contains("its certificate is for another host");
      assertThat(ran.code()).isEqualTo(10);
      assertThat(tls.requests()).isZero();
    }
  }

  @Test
  default void a_certificate_that_has_expired_is_not_trusted() throws Exception {
    try (TlsServer tls = TlsServer.with(TestCertificate.expired("localhost"))) {
      variable("OSMO_CA_FILE", tls.authority());

      CommandResult ran = logInTo(tls);

      assertThat(ran.err()).contains("its certificate has expired");
      assertThat(ran.code()).isEqualTo(10);
      assertThat(tls.requests()).isZero();
    }
  }

  /** A named certificate is trusted only until it expires. */
  @Test
  default void an_expired_authority_is_not_trusted() throws Exception {
    Path expired = home().resolve("expired.pem");
    exported(TestCertificate.expired("localhost"), expired);
    try (TlsServer tls = TlsServer.with(TestCertificate.expired("localhost"))) {
      variable("OSMO_CA_FILE", expired.toString());

      CommandResult ran = logInTo(tls);

      assertThat(ran.err()).contains("OSMO_CA_FILE").contains("no certificate that is valid now");
      assertThat(ran.code()).isEqualTo(2);
      assertThat(tls.requests()).isZero();
    }
  }

  @Test
  default void a_missing_handshake_ends_with_the_timeout() throws IOException {
    variable("OSMO_TIMEOUT", "1");
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String url = "https://localhost:" + silent.getLocalPort();

      CommandResult ran = runTyping(token(), "login", url, "--token-file=-");

      assertThat(ran.err()).contains("No complete response from " + url);
      assertThat(ran.code()).isEqualTo(10);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "not a certificate", "-----BEGIN CERTIFICATE-----\n"})
  default void a_certificate_file_without_certificates_is_refused(String content)
      throws IOException {
    variable("OSMO_CA_FILE", Files.writeString(home().resolve("ca.pem"), content).toString());

    CommandResult ran = runTyping(token(), "login", url(), "--token-file=-");

    assertThat(ran.err()).contains("OSMO_CA_FILE");
    assertThat(ran.code()).isEqualTo(2);
    nothingWasSent();
  }

  /** The server's certificate instead of its authority's. */
  private static void exported(TestCertificate certificate, Path file) throws Exception {
    KeyStore keys =
        KeyStore.getInstance(certificate.keys().toFile(), TestCertificate.PASSWORD.toCharArray());
    String text =
        Base64.getMimeEncoder().encodeToString(keys.getCertificate("server").getEncoded());
    Files.writeString(
        file, "-----BEGIN CERTIFICATE-----\n" + text + "\n-----END CERTIFICATE-----\n");
  }

  private CommandResult logInTo(TlsServer tls) {
    return runTyping(token(), "login", "https://localhost:" + tls.port(), "--token-file=-");
  }
}
