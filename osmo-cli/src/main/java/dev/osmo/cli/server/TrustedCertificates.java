package dev.osmo.cli.server;

import static java.util.stream.Collectors.joining;

import dev.osmo.cli.environment.Variables;
import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A file of trusted PEM certificates. It replaces the certificates of Java, which in a native
 * binary are as old as the binary.
 *
 * @param variable the variable that names the file, empty for the system's file
 */
record TrustedCertificates(String variable, Path file) {
  /** Of Debian, Fedora and SUSE, and distributions based on them. */
  private static final List<String> OF_SYSTEMS =
      List.of(
          "/etc/ssl/certs/ca-certificates.crt",
          "/etc/pki/tls/certs/ca-bundle.crt",
          "/etc/ssl/ca-bundle.pem");

  private static final Pattern CERTIFICATE =
      Pattern.compile("-----BEGIN (X509 )?CERTIFICATE-----[^-]*-----END (X509 )?CERTIFICATE-----");

  /**
   * {@code OSMO_CA_FILE}; else, for {@code https}, the file that OpenSSL uses: {@code
   * SSL_CERT_FILE} or the system's file. Empty if there is none.
   */
  static Optional<TrustedCertificates> towards(URI server, Variables variables) {
    Optional<TrustedCertificates> named = named("OSMO_CA_FILE", variables);
    return named.isPresent() || !"https".equalsIgnoreCase(server.getScheme())
        ? named
        : named("SSL_CERT_FILE", variables).or(() -> firstOf(OF_SYSTEMS));
  }

  private static Optional<TrustedCertificates> named(String variable, Variables variables) {
    return variables.variable(variable).map(file -> named(variable, file, variables));
  }

  private static TrustedCertificates named(String variable, String file, Variables variables) {
    try {
      return new TrustedCertificates(variable, variables.path(file));
    } catch (InvalidPathException noPath) {
      throw bad(variable, file, "it cannot be read");
    }
  }

  static Optional<TrustedCertificates> firstOf(List<String> places) {
    return places.stream()
        .map(Path::of)
        .filter(Files::isReadable)
        .findFirst()
        .map(file -> new TrustedCertificates("", file));
  }

  /**
   * Empty if the system's file is not usable.
   *
   * @throws Failure if a file named by a variable is not usable, because other certificates than
   *     the requested ones must not be trusted
   */
  Optional<SSLContext> context() {
    try {
      return Optional.of(read());
    } catch (Failure useless) {
      if (variable.isEmpty()) {
        return Optional.empty();
      }
      throw useless;
    }
  }

  private SSLContext read() {
    try (InputStream in = certificates()) {
      KeyStore roots = KeyStore.getInstance(KeyStore.getDefaultType());
      roots.load(null, null);
      int count = 0;
      for (Certificate root : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        if (isValid(root)) {
          roots.setCertificateEntry("root-" + count++, root);
        }
      }
      if (count == 0) {
        throw bad(variable, file.toString(), "it contains no certificate that is valid now");
      }
      return trusting(roots);
    } catch (IOException unreadable) {
      throw bad(variable, file.toString(), "it cannot be read");
    } catch (GeneralSecurityException malformed) {
      throw bad(variable, file.toString(), "it is not a file of PEM certificates");
    }
  }

  /** Java cannot read certificates in a file that also has a key. The key is not used. */
  private InputStream certificates() throws IOException {
    byte[] content = Files.readAllBytes(file);
    String text = new String(content, StandardCharsets.ISO_8859_1);
    String pem = CERTIFICATE.matcher(text).results().map(MatchResult::group).collect(joining("\n"));
    return new ByteArrayInputStream(
        pem.isEmpty() ? content : pem.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Java would trust these certificates even after they expire. */
  private static boolean isValid(Certificate root) {
    try {
      ((X509Certificate) root).checkValidity();
      return true;
    } catch (CertificateExpiredException | CertificateNotYetValidException atAnotherTime) {
      return false;
    }
  }

  private static SSLContext trusting(KeyStore roots) throws GeneralSecurityException {
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(roots);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  private static Failure bad(String variable, String file, String why) {
    return Failure.of(
        ExitCode.USER_ERROR,
        variable + " is " + file + ", but " + why,
        "Set it to a file of PEM certificates, or unset it.");
  }
}
