package dev.osmo.cli.server.transport;

import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import java.io.IOException;
import java.io.InputStream;
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
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** {@code OSMO_CA_FILE}: PEM certificates that are trusted instead of the platform's. */
final class TrustedCertificates {
  private TrustedCertificates() {}

  /**
   * @throws Failure when the file cannot be read or holds no certificate: falling back to other
   *     roots than those asked for would be a surprise
   */
  static SSLContext from(String file) {
    try (InputStream in = Files.newInputStream(Path.of(file))) {
      KeyStore roots = KeyStore.getInstance(KeyStore.getDefaultType());
      roots.load(null, null);
      int count = 0;
      for (Certificate root : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        if (isValid(root)) {
          roots.setCertificateEntry("root-" + count++, root);
        }
      }
      if (count == 0) {
        throw bad(file, "it holds no certificate that is valid now");
      }
      return trusting(roots);
    } catch (IOException | InvalidPathException unreadable) {
      throw bad(file, "it cannot be read");
    } catch (GeneralSecurityException malformed) {
      throw bad(file, "it is not a file of PEM certificates");
    }
  }

  /** Java itself trusts a certificate that was named, also after its end. */
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

  private static Failure bad(String file, String why) {
    return Failure.of(
        ExitCode.USER_ERROR,
        "OSMO_CA_FILE is " + file + ", but " + why,
        "Name a file of PEM certificates, or unset OSMO_CA_FILE.");
  }
}
