package dev.osmo.cli.server;

import jakarta.inject.Singleton;

/** Servers that requests are passed on to. */
@Singleton
public class Upstreams {
  private final Transport transport;

  Upstreams(Transport transport) {
    this.transport = transport;
  }

  public Upstream to(ServerUrl server) {
    return new Upstream(transport, server);
  }
}
