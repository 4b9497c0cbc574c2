package dev.osmo.http.limits;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.HexFormat;

/**
 * The address that a limit applies to, in canonical form: an IPv4 address, or the first 64 bits of
 * an IPv6 address, which usually belong to one customer.
 */
public record ClientAddress(String value) {

  private static final int NETWORK_BYTES = 8;
  private static final String NETWORK = "/64";

  static final ClientAddress UNKNOWN = new ClientAddress("unknown");

  static ClientAddress of(InetAddress address) {
    return address instanceof Inet4Address
        ? new ClientAddress(address.getHostAddress())
        : new ClientAddress(
            HexFormat.of().formatHex(address.getAddress(), 0, NETWORK_BYTES) + NETWORK);
  }

  /** An address of this customer, for {@code X-Forwarded-For} of a request on its behalf. */
  public String forwarded() {
    return value.endsWith(NETWORK)
        ? value.substring(0, value.length() - NETWORK.length()).replaceAll("(.{4})", "$1:") + ':'
        : value;
  }

  @Override
  public String toString() {
    return value;
  }
}
