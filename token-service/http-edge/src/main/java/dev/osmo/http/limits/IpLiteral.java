package dev.osmo.http.limits;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Parses IP address literals. Never resolves names. */
final class IpLiteral {

  /** {@code 192.0.2.1:80}, {@code [2001:db8::1]} or {@code [2001:db8::1]:80}. */
  private static final Pattern WITH_PORT =
      Pattern.compile("\\[([^\\]]+)\\](?::\\d{1,5})?|([0-9.]+):\\d{1,5}");

  private IpLiteral() {}

  /** Parses a bare address. An IPv4 address that is written as IPv6 becomes IPv4. */
  static Optional<InetAddress> read(@Nullable String text) {
    byte @Nullable [] bytes =
        text == null ? null : NetUtil.createByteArrayFromIpAddressString(text.strip());
    try {
      return bytes == null ? Optional.empty() : Optional.of(InetAddress.getByAddress(bytes));
    } catch (UnknownHostException e) {
      throw new IllegalStateException("4 or 16 bytes are always an address", e);
    }
  }

  /**
   * Parses an entry of {@code X-Forwarded-For}, where some proxies append a port or put IPv6 in
   * brackets.
   */
  static Optional<InetAddress> readForwarded(String text) {
    Matcher withPort = WITH_PORT.matcher(text.strip());
    if (!withPort.matches()) {
      return read(text);
    }
    return read(withPort.group(1) == null ? withPort.group(2) : withPort.group(1));
  }
}
