package dev.osmo.postgres;

/** None of the configured servers is a primary that can be reached. */
public final class NoPrimary extends RuntimeException {

  private static final long serialVersionUID = 1L;

  NoPrimary(String servers) {
    super("none of the servers is a primary that can be reached: " + servers);
  }
}
