package dev.osmo.postgres;

/** No commit has returned for the time of the lease, so nothing may be decided. */
public sealed class LeaseLost extends RuntimeException permits RestoredDatabase {

  private static final long serialVersionUID = 1L;

  LeaseLost(String reason) {
    super(reason);
  }
}
