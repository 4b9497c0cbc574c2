package dev.osmo.http.web;

/**
 * The only address at which a URL may contain a token, for clients that have not been replaced yet.
 * A service that has none provides no such bean.
 */
@FunctionalInterface
public interface TokenInUrlRoute {

  /**
   * Whether this request is for that address. The address checks its query itself.
   *
   * @param path of the URL, as it was sent
   */
  boolean matches(String method, String path);
}
