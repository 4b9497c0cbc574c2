package dev.osmo.http.web;

/**
 * Says which requests a service refuses at the moment because too many others wait. A bean of this
 * type is asked for each request, before the HTTP server reads it, so that a refusal costs little.
 */
@FunctionalInterface
public interface Overload {

  /**
   * Whether a request is refused.
   *
   * @param target of the request, as it was sent
   */
  boolean refuses(String target);
}
