package dev.osmo.exchange.discovery;

/**
 * The public addresses of the OAuth routes.
 *
 * @param base the public base address, without a slash at its end
 */
record OAuthAddresses(String base) {

  static OAuthAddresses of(String issuer) {
    return new OAuthAddresses(
        issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer);
  }

  String token() {
    return base + "/oauth2/token";
  }

  String deviceAuthorization() {
    return base + "/oauth2/device_authorization";
  }

  String introspection() {
    return base + "/oauth2/introspect";
  }

  String revocation() {
    return base + "/oauth2/revoke";
  }

  String keys() {
    return base + "/.well-known/jwks.json";
  }
}
