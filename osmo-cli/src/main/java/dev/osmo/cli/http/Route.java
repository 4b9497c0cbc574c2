package dev.osmo.cli.http;

import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * How a server is reached. Requests on the same route may share a connection.
 *
 * @param tls the trusted certificates; empty for an unencrypted connection
 */
public record Route(Endpoint server, Optional<SSLContext> tls, Optional<Proxy> proxy) {
  private static final int HTTP = 80;
  private static final int HTTPS = 443;

  /** The end of the TCP connection. */
  Endpoint nextHop() {
    return proxy.map(Proxy::endpoint).orElse(server);
  }

  /** An unencrypted request is addressed to the proxy itself, an encrypted one needs a tunnel. */
  Optional<Proxy> proxyOfRequests() {
    return tls.isPresent() ? Optional.empty() : proxy;
  }

  /** The {@code Host} header (RFC 9110, section 7.2). */
  String authority() {
    boolean usual = server.port() == (tls.isPresent() ? HTTPS : HTTP);
    return usual ? server.inUrl() : server.toString();
  }
}
