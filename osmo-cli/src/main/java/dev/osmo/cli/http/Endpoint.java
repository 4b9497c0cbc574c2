package dev.osmo.cli.http;

/**
 * A host and a port.
 *
 * @param host a name in ASCII or an address, IPv6 without brackets
 */
public record Endpoint(String host, int port) {

  /** With brackets around an IPv6 address. */
  @Override
  public String toString() {
    return inUrl() + ":" + port;
  }

  String inUrl() {
    return host.contains(":") ? "[" + host + "]" : host;
  }

  /** The name in a certificate, which has no final dot. */
  String certifiedName() {
    return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
  }
}
