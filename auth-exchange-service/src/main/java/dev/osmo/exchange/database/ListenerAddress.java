package dev.osmo.exchange.database;

import io.vertx.pgclient.PgConnectOptions;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/**
 * The server and credentials for the listener: those of the pool, but without an idle timeout,
 * because a listening connection is silent most of the time.
 */
@ApplicationScoped
public class ListenerAddress {

  private volatile @Nullable PgConnectOptions options;

  void set(PgConnectOptions server) {
    options = new PgConnectOptions(server).setTcpKeepAlive(true);
  }

  public PgConnectOptions options() {
    PgConnectOptions known = options;
    if (known == null) {
      throw new IllegalStateException("the pool is built before the listener starts");
    }
    return new PgConnectOptions(known);
  }
}
