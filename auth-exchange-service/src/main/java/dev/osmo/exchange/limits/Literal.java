package dev.osmo.exchange.limits;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads an address that is written out. Never asks a name server. */
final class Literal {

  /** A port may follow: {@code 192.0.2.1:80}, {@code [2001:db8::1]:80}. */
  private static final Pattern WITH_PORT =
      Pattern.compile("\\[([^\\]]+)\\](?::\\d+)?|([0-9.]+):\\d+");

  private Literal() {}

  static Optional<InetAddress> read(@Nullable String text) {
    if (text == null) {
      return Optional.empty();
    }
    byte @Nullable [] bytes = NetUtil.createByteArrayFromIpAddressString(bare(text.strip()));
    try {
      // An IPv4 address that is written as IPv6 becomes IPv4 here.
      return bytes == null ? Optional.empty() : Optional.of(InetAddress.getByAddress(bytes));
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address of 4 or 16 bytes is one", e);
    }
  }

  private static String bare(String text) {
    Matcher withPort = WITH_PORT.matcher(text);
    if (!withPort.matches()) {
      return text;
    }
    return withPort.group(1) == null ? withPort.group(2) : withPort.group(1);
  }
}
