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

  static final ClientAddress UNKNOWN = new ClientAddress("unknown");

  static ClientAddress of(InetAddress address) {
    return address instanceof Inet4Address
        ? new ClientAddress(address.getHostAddress())
        : new ClientAddress(
            HexFormat.of().formatHex(address.getAddress(), 0, NETWORK_BYTES) + "/64");
  }

  @Override
  public String toString() {
    return value;
  }
}
