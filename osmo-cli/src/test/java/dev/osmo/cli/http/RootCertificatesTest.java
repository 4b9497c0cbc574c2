package dev.osmo.cli.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RootCertificatesTest {
  /** The grammar of one certificate. */
  private static final Pattern PEM =
      Pattern.compile(
          "-----BEGIN (?:X509 )?CERTIFICATE-----([^-]*+)-----END (?:X509 )?CERTIFICATE");

  private static X509Certificate first;
  private static X509Certificate second;

  /** Two certificates that Java trusts. */
  @BeforeAll
  static void choose() throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init((KeyStore) null);
    X509TrustManager java = (X509TrustManager) factory.getTrustManagers()[0];
    List<X509Certificate> valid =
        Stream.of(java.getAcceptedIssuers())
            .filter(RootCertificatesTest::isValid)
            .limit(2)
            .toList();
    first = valid.getFirst();
    second = valid.getLast();
  }

  private static boolean isValid(X509Certificate certificate) {
    try {
      certificate.checkValidity();
      return true;
    } catch (CertificateException expired) {
      return false;
    }
  }

  @Test
  void a_file_may_explain_its_certificates() {
    String content =
        "# -- first --\n" + pem(first) + "\nSubject: CN=a - b\n-----\n" + pem(second) + "# end";

    assertThat(in(content)).containsExactly(first, second);
  }

  @Test
  void lines_may_end_as_on_windows() {
    assertThat(in((pem(first) + pem(second)).replace("\n", "\r\n"))).containsExactly(first, second);
  }

  @Test
  void blanks_may_surround_each_line() {
    assertThat(in((pem(first) + pem(second)).replace("\n", " \t\n \n")))
        .containsExactly(first, second);
  }

  @Test
  void a_certificate_may_be_on_one_line() {
    String content = pem(first).replace("\n", "") + pem(second).replace("\n", "");

    assertThat(in(content)).containsExactly(first, second);
  }

  @Test
  void the_older_name_of_a_certificate_is_read() {
    String older = pem(first).replace("CERTIFICATE", "X509 CERTIFICATE");

    assertThat(in(older + pem(second))).containsExactly(first, second);
    assertThat(in(older.replace("END X509", "END"))).containsExactly(first);
  }

  /** OpenSSL adds to those for which purposes they are trusted, which Java does not understand. */
  @Test
  void certificates_of_other_kinds_are_ignored() {
    String other =
        Stream.of("TRUSTED CERTIFICATE", "CERTIFICATE REQUEST", "ATTRIBUTE CERTIFICATE", "X509 CRL")
            .map(kind -> pem(first).replace("CERTIFICATE", kind))
            .reduce("", String::concat);

    assertThat(in(other + pem(second))).containsExactly(second);
  }

  @Test
  void a_certificate_without_its_end_is_ignored() {
    String unended = pem(first).substring(0, pem(first).indexOf("-----END"));

    assertThat(in(unended + pem(second))).containsExactly(second);
    assertThat(in(pem(second) + unended)).containsExactly(second);
    assertThat(in(unended + pem(first).replace("CERTIFICATE", "PRIVATE KEY") + pem(second)))
        .containsExactly(second);
  }

  @Test
  void an_end_without_a_certificate_is_ignored() {
    assertThat(in("-----END CERTIFICATE-----\n" + pem(first))).containsExactly(first);
  }

  @Test
  void other_content_of_a_certificate_is_ignored() {
    String key = "-----BEGIN CERTIFICATE-----\nMAoGCCqGSM49\n-----END CERTIFICATE-----\n";

    assertThat(in(key + pem(first))).containsExactly(first);
  }

  @Test
  void characters_outside_base64_are_ignored() {
    assertThat(in(pem(first).replace("\n", "\n\u00e9!\n"))).containsExactly(first);
  }

  /** Also of a certificate that no server needs, so that the file is not trusted by halves. */
  @ParameterizedTest
  @ValueSource(strings = {"A", "MAoGCCqGS", "MA==MA==", "=", "MA=A"})
  void a_certificate_that_is_cut_off_is_refused_with_its_file(String base64) {
    String broken = "-----BEGIN CERTIFICATE-----\n" + base64 + "\n-----END CERTIFICATE-----\n";

    assertThatThrownBy(() -> in(pem(first) + broken)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> in(broken + pem(first))).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n",
        "no certificate",
        "-----BEGIN CERTIFICATE-----",
        "-----BEGIN CERTIFICATE-----\n",
        "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n",
        "-----BEGIN ",
        "-----END CERTIFICATE-----\n"
      })
  void a_file_without_a_certificate_has_none(String content) {
    RootCertificates none = new RootCertificates(content.getBytes(ISO_8859_1));

    assertThat(none.isAnyValid()).isFalse();
    assertThat(none.all()).isEmpty();
  }

  @Test
  void a_file_may_be_one_certificate_in_der() throws GeneralSecurityException {
    assertThat(new RootCertificates(first.getEncoded()).all()).containsExactly(first);
  }

  @Test
  void a_certificate_is_found_by_its_subject() {
    RootCertificates both = new RootCertificates((pem(first) + pem(second)).getBytes(ISO_8859_1));

    assertThat(both.isAnyValid()).isTrue();
    assertThat(both.withAnyOf(Set.of(second.getSubjectX500Principal()))).contains(second);
    assertThat(both.withAnyOf(Set.of())).isEmpty();
  }

  /** Random sequences of the parts of a file, with a fixed seed. */
  @Test
  void the_certificates_are_those_of_the_grammar() {
    List<String> parts =
        List.of(
            "-----BEGIN CERTIFICATE-----",
            "-----BEGIN X509 CERTIFICATE-----",
            "-----BEGIN TRUSTED CERTIFICATE-----",
            "-----END CERTIFICATE-----",
            "-----END X509 CERTIFICATE",
            "-----BEGIN ",
            "BEGIN CERTIFICATE-----",
            "END CERTIFICATE",
            "-----",
            "-",
            "\n",
            body(first),
            body(second));
    Random random = new Random(7);
    int certificates = 0;
    for (int file = 0; file < 20_000; file++) {
      StringBuilder content = new StringBuilder(pem(first));
      for (int part = random.nextInt(12); part > 0; part--) {
        content.append(parts.get(random.nextInt(parts.size())));
      }
      List<byte[]> expected =
          PEM.matcher(content)
              .results()
              .map(match -> Base64.getMimeDecoder().decode(match.group(1)))
              .toList();

      assertThat(RootCertificates.ofPem(content.toString()))
          .as(content.toString())
          .containsExactlyElementsOf(expected);
      certificates += expected.size();
    }
    assertThat(certificates).isGreaterThan(21_000);
  }

  private static List<X509Certificate> in(String content) {
    return new RootCertificates(content.getBytes(ISO_8859_1)).all();
  }

  private static String pem(X509Certificate certificate) {
    return "-----BEGIN CERTIFICATE-----\n" + body(certificate) + "\n-----END CERTIFICATE-----\n";
  }

  private static String body(X509Certificate certificate) {
    try {
      return Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded());
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
