package dev.osmo.cli.server;

import dev.osmo.cli.environment.Variables;
import dev.osmo.cli.http.Connections;
import dev.osmo.cli.http.HttpRequest;
import dev.osmo.cli.http.HttpResponse;
import dev.osmo.cli.http.NetworkFault;
import dev.osmo.cli.http.Proxy;
import dev.osmo.cli.http.RawConnection;
import dev.osmo.cli.http.Route;
import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import jakarta.inject.Singleton;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;

/**
 * Sends one request as the environment says: through which proxy, with which certificates, for how
 * long ({@code OSMO_TIMEOUT}, else {@link #TOTAL_LIMIT} seconds).
 */
@Singleton
class Transport {
  /** The connection broke before the response was complete. The server may have processed it. */
  static final class Broken extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Failure meaning;

    private Broken(Failure meaning) {
      super(meaning);
      this.meaning = meaning;
    }

    Failure meaning() {
      return meaning;
    }
  }

  private static final int TOTAL_LIMIT = 60;
  private static final int PROXY_AUTHENTICATION_REQUIRED = 407;

  private final Variables variables;
  private final ProxyVariables proxies;
  private final Connections connections = new Connections();
  private Optional<TrustedCertificates> trusted = Optional.empty();
  private Optional<SSLContext> context = Optional.empty();

  Transport(Variables variables) {
    this.variables = variables;
    this.proxies = new ProxyVariables(variables);
  }

  /**
   * Waits for the complete response.
   *
   * @param repeatable whether processing the request twice changes nothing more
   * @throws Broken if it makes sense to send the request again
   */
  HttpResponse send(ServerUrl server, HttpRequest request, boolean repeatable) throws Broken {
    Duration limit = totalLimit();
    Optional<Proxy> proxy = proxies.towards(server);
    Route route = new Route(server.endpoint(), tls(server), proxy);
    try {
      HttpResponse response = connections.send(route, request, repeatable, limit);
      if (proxy.isPresent() && response.status() == PROXY_AUTHENTICATION_REQUIRED) {
        throw NetworkFailure.proxyPassword();
      }
      if (!server.isEncrypted() && NetworkFailure.asksForTls(response)) {
        throw NetworkFailure.requiresTls(server);
      }
      return response;
    } catch (TimeoutException slow) {
      throw NetworkFailure.late(server, limit);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw Failure.of(ExitCode.INTERRUPTED, "Interrupted", "");
    } catch (NetworkFault fault) {
      Failure meaning = NetworkFailure.of(fault, server, proxy);
      if (NetworkFailure.mayPass(fault.kind())) {
        throw new Broken(meaning);
      }
      throw meaning;
    }
  }

  /**
   * An open connection to a server.
   *
   * @throws Failure if it cannot be reached
   */
  RawConnection connect(ServerUrl server) {
    Optional<Proxy> proxy = proxies.towards(server);
    try {
      return RawConnection.open(new Route(server.endpoint(), tls(server), proxy));
    } catch (NetworkFault fault) {
      throw NetworkFailure.of(fault, server, proxy);
    }
  }

  private Duration totalLimit() {
    String seconds = variables.variable("OSMO_TIMEOUT").orElse("" + TOTAL_LIMIT);
    if (seconds.matches("[1-9]\\d{0,4}")) {
      return Duration.ofSeconds(Integer.parseInt(seconds));
    }
    throw Failure.of(
        ExitCode.USER_ERROR,
        "OSMO_TIMEOUT is " + seconds + ", not a number of seconds",
        "Set it to a number such as 60, or unset it.");
  }

  /** Read on first use, because many commands send no encrypted request. */
  private synchronized Optional<SSLContext> tls(ServerUrl server) {
    Optional<TrustedCertificates> roots = TrustedCertificates.towards(server, variables);
    if (!server.isEncrypted()) {
      // A variable that names an unusable file is an error for every server.
      roots.ifPresent(TrustedCertificates::context);
      return Optional.empty();
    }
    if (context.isEmpty() || !trusted.equals(roots)) {
      context =
          roots.flatMap(TrustedCertificates::context).or(() -> Optional.of(certificatesOfJava()));
      trusted = roots;
    }
    return context;
  }

  private static SSLContext certificatesOfJava() {
    try {
      return SSLContext.getDefault();
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("Java has no TLS", impossible);
    }
  }
}
