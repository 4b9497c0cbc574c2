package dev.osmo.exchange.database;

/** As many requests as allowed already wait for the database. Nothing was read. */
public final class TooManyReads extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public TooManyReads() {
    super("too many requests wait for the database", null, false, false);
  }
}
