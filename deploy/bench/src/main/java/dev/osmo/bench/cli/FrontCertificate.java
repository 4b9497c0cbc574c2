package dev.osmo.bench.cli;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A certificate for localhost that signs itself, with its key. {@code keytool} makes it.
 *
 * @param keys the store that has both
 * @param pem a file with the certificate and the key, for the server
 * @param trusted a file with the certificate among those that the system trusts, for the client
 */
record FrontCertificate(KeyStore keys, Path pem, Path trusted) {

  private static final String ALIAS = "front";
  private static final String PASSWORD = "not-secret";
  private static final Path OF_SYSTEM = Path.of("/etc/ssl/certs/ca-certificates.crt");
  private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

  static FrontCertificate create(Path folder) throws IOException, InterruptedException {
    Path store = folder.resolve("front.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                ALIAS,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost",
                "-ext",
                "bc:c",
                "-storepass",
                PASSWORD,
                "-keystore",
                store.toString())
            .redirectErrorStream(true)
            .redirectOutput(Redirect.DISCARD)
            .start();
    if (keytool.waitFor() != 0) {
      throw new IllegalStateException("keytool made no certificate in " + store);
    }
    try {
      KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
      String certificate = pem("CERTIFICATE", keys.getCertificate(ALIAS).getEncoded());
      String key = pem("PRIVATE KEY", keys.getKey(ALIAS, PASSWORD.toCharArray()).getEncoded());
      String system = Files.exists(OF_SYSTEM) ? Files.readString(OF_SYSTEM) : "";
      return new FrontCertificate(
          keys,
          Files.writeString(folder.resolve("front.pem"), certificate + key),
          Files.writeString(folder.resolve("trusted.pem"), system + certificate));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Trusts this certificate only. */
  SSLContext context() {
    try {
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      trusted.setCertificateEntry(ALIAS, keys.getCertificate(ALIAS));
      trust.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String pem(String kind, byte[] content) {
    return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n"
        .formatted(kind, LINES.encodeToString(content));
  }
}
