package dev.osmo.token.leak;

import io.netty.util.NetUtil;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a request came from, as the limit counts: an IPv4 address or the /64 network of an IPv6
 * one, in one spelling.
 */
record ClientAddress(String network) {

  private static final int IPV6_NETWORK_BYTES = 8;

  static final ClientAddress UNKNOWN = new ClientAddress("unknown");

  static ClientAddress of(InetAddress address) {
    return address instanceof Inet4Address
        ? new ClientAddress(address.getHostAddress())
        : new ClientAddress(
            HexFormat.of().formatHex(address.getAddress(), 0, IPV6_NETWORK_BYTES) + "/64");
  }

  /** Reads an address that is written out. Never asks a name server. */
  static Optional<InetAddress> read(@Nullable String text) {
    byte @Nullable [] bytes =
        text == null ? null : NetUtil.createByteArrayFromIpAddressString(text.strip());
    try {
      return bytes == null ? Optional.empty() : Optional.of(InetAddress.getByAddress(bytes));
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address of 4 or 16 bytes is one", e);
    }
  }
}
