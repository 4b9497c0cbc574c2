package dev.osmo.postgres;

/** No commit has returned for the time of the lease, so nothing may be decided. */
public final class LeaseLost extends RuntimeException {

  private static final long serialVersionUID = 1L;

  LeaseLost(String reason) {
    super(reason);
  }
}
