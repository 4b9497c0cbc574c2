package dev.osmo.exchange.database;

import io.vertx.pgclient.PgConnectOptions;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/**
 * Where the listener connects: the pool's own server and credentials, on a connection outside the
 * pool, on which silence is normal.
 */
@Singleton
public class ListeningAddress {

  private volatile @Nullable PgConnectOptions options;

  void set(PgConnectOptions server) {
    options = new PgConnectOptions(server).setTcpKeepAlive(true);
  }

  public PgConnectOptions options() {
    PgConnectOptions known = options;
    if (known == null) {
      throw new IllegalStateException("the pool is built before anybody listens");
    }
    return new PgConnectOptions(known);
  }
}
