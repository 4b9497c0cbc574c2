package dev.osmo.exchange.limits;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.HexFormat;

/**
 * Whom a failure is counted against, in one spelling: an IPv4 address, or the first 64 bits of an
 * IPv6 address, which are one household's or one machine's.
 */
record ClientAddress(String value) {

  private static final int NETWORK_BYTES = 8;

  static final ClientAddress UNKNOWN = new ClientAddress("unknown");

  static ClientAddress of(InetAddress address) {
    if (address instanceof Inet4Address) {
      return new ClientAddress(address.getHostAddress());
    }
    return new ClientAddress(
        HexFormat.of().formatHex(address.getAddress(), 0, NETWORK_BYTES) + "/64");
  }

  @Override
  public String toString() {
    return value;
  }
}
