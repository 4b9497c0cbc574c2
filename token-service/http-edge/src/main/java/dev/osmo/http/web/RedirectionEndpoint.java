package dev.osmo.http.web;

/**
 * The only address at which a URL may contain an authorization code: where an identity provider
 * sends the browser (RFC 6749, section 3.1.2). A service that has none provides no such bean.
 *
 * @param path of the URL, as it is sent
 */
public record RedirectionEndpoint(String path) {

  static final String CODE = "code";
}
