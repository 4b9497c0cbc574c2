package dev.osmo.cli.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * An open connection to a server, for requests and responses as bytes. Guarantee: over TLS, nothing
 * is sent before the certificate of the server has been verified.
 */
public final class RawConnection implements AutoCloseable {
  private final Route route;
  private final Connection connection;

  private RawConnection(Route route, Connection connection) {
    this.route = route;
    this.connection = connection;
  }

  /**
   * Connects.
   *
   * @throws NetworkFault if the server cannot be reached
   */
  public static RawConnection open(Route route) throws NetworkFault {
    try {
      return new RawConnection(route, Connection.open(route, new Call()));
    } catch (NetworkFault fault) {
      throw fault;
    } catch (IOException broken) {
      throw new NetworkFault(NetworkFault.Kind.CUT_OFF);
    }
  }

  public InputStream in() {
    return connection.in();
  }

  public OutputStream out() {
    return connection.out();
  }

  /** The {@code Host} header (RFC 9110, section 7.2). */
  public String authority() {
    return route.authority();
  }

  /**
   * Empty, or the origin if the request is addressed to an HTTP proxy (RFC 9112, section 3.2.2).
   */
  public String targetPrefix() {
    return route.proxyOfRequests().isPresent() ? "http://" + route.authority() : "";
  }

  @Override
  public void close() {
    connection.close();
  }
}
