package dev.osmo.cli.http;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.security.auth.x500.X500Principal;

/**
 * The certificates in the content of a file. Parsing the certificates of a system takes longer than
 * a request, so each is parsed only when it is needed. Certificates that are not valid now are
 * ignored, because Java would trust them.
 */
public final class RootCertificates {
  private static final List<String> BEGINS =
      List.of("-----BEGIN CERTIFICATE-----", "-----BEGIN X509 CERTIFICATE-----");

  private static final List<String> ENDS =
      List.of("-----END CERTIFICATE", "-----END X509 CERTIFICATE");

  private final List<byte[]> encoded;

  /**
   * @param content PEM certificates, or one certificate in DER
   * @throws IllegalArgumentException if a PEM certificate is not in Base64
   */
  public RootCertificates(byte[] content) {
    List<byte[]> found = ofPem(new String(content, StandardCharsets.ISO_8859_1));
    this.encoded = found.isEmpty() ? List.of(content) : found;
  }

  /**
   * The certificates in a text that may also contain keys and comments. A regular expression would
   * be shorter, but in the native binary it takes longer than decoding what it finds, in each
   * command.
   */
  static List<byte[]> ofPem(String text) {
    Base64.Decoder decoder = Base64.getMimeDecoder();
    List<byte[]> found = new ArrayList<>();
    int line = next(text, 0);
    while (line >= 0) {
      int start = line + length(BEGINS, text, line);
      int end = text.indexOf('-', start);
      if (start > line && length(ENDS, text, end) > 0) {
        found.add(decoder.decode(text.substring(start, end)));
        line = next(text, end);
      } else {
        line = next(text, line + 1);
      }
    }
    return List.copyOf(found);
  }

  private static int next(String text, int from) {
    return text.indexOf("-----BEGIN ", from);
  }

  /** The length of the one of these words that the text has at this place; 0 if it has none. */
  private static int length(List<String> words, String text, int place) {
    return words.stream()
        .filter(word -> text.startsWith(word, place))
        .mapToInt(String::length)
        .findFirst()
        .orElse(0);
  }

  public boolean isAnyValid() {
    return encoded.stream().flatMap(RootCertificates::valid).findFirst().isPresent();
  }

  /** Trusts the servers that Java would trust with these certificates. */
  public SSLContext context() throws GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new RootTrust(this)}, null);
    return context;
  }

  List<X509Certificate> all() {
    return encoded.stream().flatMap(RootCertificates::valid).toList();
  }

  /**
   * Every certificate that contains one of these names byte by byte, as its subject or elsewhere.
   * One that spells the name differently is missing.
   */
  List<X509Certificate> withAnyOf(Set<X500Principal> names) {
    List<String> wanted = names.stream().map(name -> searched(name.getEncoded())).toList();
    return encoded.stream()
        .filter(each -> wanted.stream().anyMatch(searched(each)::contains))
        .flatMap(RootCertificates::valid)
        .toList();
  }

  /** A string, whose search is fast. */
  private static String searched(byte[] der) {
    return new String(der, StandardCharsets.ISO_8859_1);
  }

  /** Empty if it is not a certificate, or not valid now. */
  private static Stream<X509Certificate> valid(byte[] encoded) {
    try {
      X509Certificate root =
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(encoded));
      root.checkValidity();
      return Stream.of(root);
    } catch (CertificateException unusable) {
      return Stream.empty();
    }
  }
}
