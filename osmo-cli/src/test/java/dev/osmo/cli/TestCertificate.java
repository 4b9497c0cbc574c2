package dev.osmo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * A server's key and certificate, and the certificate of its authority. Created once per build,
 * because {@code keytool} is slow.
 *
 * @param keys a key store
 * @param authority a PEM file
 */
record TestCertificate(Path keys, Path authority) {
  static final String PASSWORD = "changeit";

  private static final String UPPER_CASE = "-upper-case";
  private static final Path FOLDER = Path.of("target", "test-certificates");

  static TestCertificate of(String host) {
    return made(host, host, "-validity", "3650");
  }

  static TestCertificate expired(String host) {
    return made(host + "-expired", host, "-startdate", "-9d", "-validity", "2");
  }

  /** A certificate of the same authority, whose name differs in case. X.500 ignores the case. */
  Path authorityInUpperCase() {
    return Path.of(authority + UPPER_CASE);
  }

  private static synchronized TestCertificate made(String name, String host, String... validity) {
    Path keys = FOLDER.resolve(name + ".p12").toAbsolutePath();
    Path authority = FOLDER.resolve(name + ".pem").toAbsolutePath();
    try {
      if (Files.notExists(keys)) {
        Files.createDirectories(FOLDER);
        Path growing = Files.createTempDirectory(FOLDER, "new").resolve("keys.p12");
        make(growing, authority, host, validity);
        Files.move(growing, keys, StandardCopyOption.ATOMIC_MOVE);
      }
      return new TestCertificate(keys, authority);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private static void make(Path keys, Path authority, String host, String... validity) {
    keytool(keys, "ca", "-genkeypair", "-keyalg", "EC", "-dname", "CN=ca", "-ext", "bc:c");
    keytool(keys, "ca", "-exportcert", "-rfc", "-file", authority.toString());
    List<String> leaf =
        List.of("-genkeypair", "-signer", "ca", "-keyalg", "EC", "-dname", "CN=" + host);
    List<String> options = new ArrayList<>(leaf);
    options.addAll(List.of("-ext", "san=dns:" + host));
    options.addAll(List.of(validity));
    keytool(keys, "server", options.toArray(String[]::new));
    keytool(keys, "ca", "-selfcert", "-dname", "CN=CA", "-ext", "bc:c");
    keytool(keys, "ca", "-exportcert", "-rfc", "-file", authority + UPPER_CASE);
    keytool(keys, "ca", "-delete");
  }

  private static void keytool(Path keys, String alias, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin/keytool").toString());
    command.addAll(List.of(arguments));
    command.addAll(List.of("-alias", alias, "-storepass", PASSWORD));
    command.addAll(List.of("-keystore", keys.toString()));
    try {
      assertThat(SystemProgram.run(command.toArray(String[]::new))).isZero();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }
}
