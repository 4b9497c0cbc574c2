package dev.osmo.postgres;

import io.vertx.core.VertxException;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** What the operator is told if TLS with the database fails. */
public final class TlsFailure {

  /** The client has no types of its own for these two. */
  private static final String NO_TLS = "Postgres Server does not handle SSL connection";

  private static final String HANDSHAKE = "SSL handshake failed";

  private TlsFailure() {}

  /**
   * One sentence with the servers and the reason; empty if TLS did not fail.
   *
   * @param servers the configured servers
   */
  public static Optional<String> sentence(@Nullable Throwable failure, String servers) {
    return switch (failure) {
      case null -> Optional.empty();
      case SSLException e -> Optional.of(handshake(servers, e.getMessage()));
      case VertxException e when HANDSHAKE.equals(e.getMessage()) ->
          Optional.of(handshake(servers, "the connection was closed"));
      case Exception e when NO_TLS.equals(e.getMessage()) ->
          Optional.of(
              "The database at %s does not support TLS, which quarkus.datasource.reactive.postgresql.ssl-mode requires."
                  .formatted(servers));
      default -> Optional.empty();
    };
  }

  private static String handshake(String servers, @Nullable String reason) {
    return "The TLS handshake with the database at %s failed: %s. Its certificate must be valid for this host and signed by an authority of quarkus.datasource.reactive.trust-certificate-pem.certs."
        .formatted(servers, reason);
  }
}
