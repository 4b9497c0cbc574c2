package dev.osmo.cli.server;

import dev.osmo.cli.output.Failure;

/** A server that a proxy connects to, as the environment says: certificates and proxies. */
public final class Upstream {
  private final Transport transport;
  private final ServerUrl server;

  Upstream(Transport transport, ServerUrl server) {
    this.transport = transport;
    this.server = server;
  }

  /**
   * Opens a connection. Nothing is sent before the certificate of the server has been verified.
   *
   * @throws Failure if the server cannot be reached
   */
  public UpstreamConnection connect() {
    return new UpstreamConnection(transport.connect(server), server);
  }
}
