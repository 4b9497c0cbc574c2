package dev.osmo.http.authority;

import dev.osmo.http.start.StartRefused;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/**
 * A PEM file of certificate authorities, read once at startup. A connection that uses it trusts
 * these authorities and no others, not even those of the JVM.
 */
public record AuthorityFile(Path path) {

  /**
   * For the connections to one system. The client must still verify the host name.
   *
   * @throws StartRefused if the file cannot be read or contains no certificate
   */
  public SSLContext context() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {trustManager()}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JVM has TLS", e);
    }
  }

  /**
   * For the connections to one system. It does not verify the host name by itself.
   *
   * @throws StartRefused if the file cannot be read or contains no certificate
   */
  public TrustManager trustManager() {
    try {
      KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
      trusted.load(null, null);
      int number = 0;
      for (Certificate certificate : certificates()) {
        trusted.setCertificateEntry("authority-" + number++, certificate);
      }
      TrustManagerFactory managers =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      managers.init(trusted);
      return managers.getTrustManagers()[0];
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("every JVM has a key store in memory", e);
    }
  }

  /**
   * The certificates, at least one.
   *
   * @throws StartRefused if the file cannot be read or contains no certificate
   */
  public Collection<? extends Certificate> certificates() {
    Collection<? extends Certificate> certificates = read();
    if (certificates.isEmpty()) {
      throw refused("contains no certificate");
    }
    return certificates;
  }

  private Collection<? extends Certificate> read() {
    try (InputStream file = Files.newInputStream(path)) {
      return CertificateFactory.getInstance("X.509").generateCertificates(file);
    } catch (IOException e) {
      throw refused("cannot be read");
    } catch (CertificateException e) {
      throw refused("is not a PEM file of certificates");
    }
  }

  private StartRefused refused(String why) {
    return new StartRefused("The file of certificate authorities %s %s.".formatted(path, why));
  }
}
