package dev.osmo.postgres;

/** No connection of the pool was returned in time. */
public final class PoolExhausted extends RuntimeException {

  private static final long serialVersionUID = 1L;

  PoolExhausted() {
    super("no connection of the pool was returned in time");
  }
}
