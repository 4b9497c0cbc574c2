package dev.osmo.cli.server;

import dev.osmo.cli.environment.Variables;
import dev.osmo.cli.http.RootCertificates;
import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;

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

  /**
   * {@code OSMO_CA_FILE}; else, for {@code https}, the file that OpenSSL uses: {@code
   * SSL_CERT_FILE} or the system's file. Empty if there is none.
   */
  static Optional<TrustedCertificates> towards(ServerUrl server, Variables variables) {
    Optional<TrustedCertificates> named = named("OSMO_CA_FILE", variables);
    return named.isPresent() || !server.isEncrypted()
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
    try {
      RootCertificates roots = new RootCertificates(Files.readAllBytes(file));
      if (!roots.isAnyValid()) {
        throw bad(variable, file.toString(), "it contains no certificate that is valid now");
      }
      return roots.context();
    } catch (IOException unreadable) {
      throw bad(variable, file.toString(), "it cannot be read");
    } catch (GeneralSecurityException | IllegalArgumentException malformed) {
      throw bad(variable, file.toString(), "it is not a file of PEM certificates");
    }
  }

  private static Failure bad(String variable, String file, String why) {
    return Failure.of(
        ExitCode.USER_ERROR,
        variable + " is " + file + ", but " + why,
        "Set it to a file of PEM certificates, or unset it.");
  }
}
