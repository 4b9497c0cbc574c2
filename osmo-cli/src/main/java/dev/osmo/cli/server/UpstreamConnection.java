package dev.osmo.cli.server;

import dev.osmo.cli.http.RawConnection;
import java.io.InputStream;
import java.io.OutputStream;

/** An open connection to a server, for requests and responses as bytes. */
public final class UpstreamConnection implements AutoCloseable {
  private final RawConnection connection;
  private final ServerUrl server;

  UpstreamConnection(RawConnection connection, ServerUrl server) {
    this.connection = connection;
    this.server = server;
  }

  public InputStream in() {
    return connection.in();
  }

  public OutputStream out() {
    return connection.out();
  }

  /** The {@code Host} header. */
  public String authority() {
    return connection.authority();
  }

  /** The target of the request line for a path and query below the server's address. */
  public String target(String pathAndQuery) {
    return connection.targetPrefix() + server.target(pathAndQuery);
  }

  /** May be called by any thread; ends every read and write. */
  @Override
  public void close() {
    connection.close();
  }
}
