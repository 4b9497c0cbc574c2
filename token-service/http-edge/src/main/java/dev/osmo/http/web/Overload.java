package dev.osmo.http.web;

/**
 * Limits how many requests of a kind are in work at once: those that have arrived as a whole and
 * have no response yet. A bean of this type is asked before the HTTP server reads a request, so
 * that a refusal costs little, and counts each request that passes, so that no others pass before
 * the service has begun with it.
 *
 * <p>Called by all event loops.
 */
public interface Overload {

  /**
   * Whether a request counts, and may be refused.
   *
   * @param target of the request, as it was sent
   */
  boolean limits(String target);

  /** Whether the next request that counts is refused. */
  boolean isFull();

  /** A request that counts has arrived as a whole. {@link #ended} follows exactly once. */
  void began();

  /** A request that counts has its response, or its connection is closed. */
  void ended();
}
