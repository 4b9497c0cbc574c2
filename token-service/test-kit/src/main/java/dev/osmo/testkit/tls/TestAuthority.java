package dev.osmo.testkit.tls;

import dev.osmo.testkit.waiting.Patience;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A certificate authority of its own and the certificate of one server, as PEM files. The JDK's
 * keytool makes them.
 *
 * @param certificate what a client trusts
 * @param serverCertificate valid for one host name
 */
public record TestAuthority(Path certificate, Path serverCertificate, Path serverKey) {

  private static final String PASSWORD = "for-tests-only";
  private static final int LINE = 64;

  /** Makes both in a new folder below {@code target}. */
  public static TestAuthority create(String hostName) {
    try {
      Path folder = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "authority");
      KeyTool tool = new KeyTool(folder.resolve("keys.p12"));
      tool.run("-genkeypair", "-alias", "ca", "-dname", "CN=Test CA", "-ext", "bc:c");
      tool.run("-genkeypair", "-alias", "server", "-dname", "CN=" + hostName);
      Path request = folder.resolve("server.csr");
      tool.run("-certreq", "-alias", "server", "-file", request.toString());
      Path server = folder.resolve("server.pem");
      tool.run(
          "-gencert",
          "-alias",
          "ca",
          "-infile",
          request.toString(),
          "-rfc",
          "-outfile",
          server.toString(),
          "-ext",
          "san=dns:" + hostName);
      Path certificate = folder.resolve("ca.pem");
      tool.run("-exportcert", "-alias", "ca", "-rfc", "-file", certificate.toString());
      return new TestAuthority(certificate, server, tool.privateKey("server"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the server proves its name with. */
  SSLContext serverContext() {
    try {
      char[] password = PASSWORD.toCharArray();
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(null, password);
      keys.setKeyEntry(
          "server",
          privateKey(),
          password,
          new Certificate[] {read(serverCertificate), read(certificate)});
      KeyManagerFactory managers =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      managers.init(keys, password);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(managers.getKeyManagers(), null, null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private PrivateKey privateKey() throws IOException, GeneralSecurityException {
    String base64 = Files.readString(serverKey).replaceAll("-----[^-]+-----", "");
    return KeyFactory.getInstance("EC")
        .generatePrivate(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(base64)));
  }

  private static Certificate read(Path file) throws IOException, GeneralSecurityException {
    try (InputStream text = Files.newInputStream(file)) {
      return CertificateFactory.getInstance("X.509").generateCertificate(text);
    }
  }

  private record KeyTool(Path store) {

    void run(String... arguments) throws IOException {
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
      // It runs for a moment, and five times for each authority: no time for the better compiler.
      command.addAll(List.of("-J-XX:TieredStopAtLevel=1", "-J-XX:+UseSerialGC"));
      command.addAll(Arrays.asList(arguments));
      command.addAll(List.of("-keystore", store.toString(), "-storepass", PASSWORD));
      if (arguments[0].equals("-genkeypair")) {
        command.addAll(List.of("-keyalg", "EC", "-groupname", "secp256r1"));
      }
      Path output = store.resolveSibling("keytool.log");
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      if (Patience.exitOf(process) != 0) {
        throw new IllegalStateException(Files.readString(output));
      }
    }

    /** PostgreSQL accepts a key that only its own user may read. */
    Path privateKey(String alias) throws IOException {
      try {
        KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
        String base64 =
            Base64.getMimeEncoder(LINE, new byte[] {'\n'})
                .encodeToString(keys.getKey(alias, PASSWORD.toCharArray()).getEncoded());
        Path file =
            Files.writeString(
                store.resolveSibling(alias + ".key"),
                "-----BEGIN PRIVATE KEY-----\n" + base64 + "\n-----END PRIVATE KEY-----\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
