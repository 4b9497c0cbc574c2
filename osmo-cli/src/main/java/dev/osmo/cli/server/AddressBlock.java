package dev.osmo.cli.server;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A CIDR block (RFC 4632), such as {@code 10.0.0.0/8} or {@code fd00::/8}. Matches addresses only
 * and resolves no names.
 */
record AddressBlock(InetAddress first, int bits) {
  private static final Pattern SHAPE = Pattern.compile("([^/]+)/(\\d{1,3})");
  private static final Pattern LITERAL =
      Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|[0-9a-fA-F.]*:[0-9a-fA-F:.]*");

  /** Empty for anything else. */
  static Optional<AddressBlock> of(String text) {
    Matcher parts = SHAPE.matcher(text);
    return parts.matches()
        ? address(parts.group(1))
            .map(address -> new AddressBlock(address, Integer.parseInt(parts.group(2))))
            .filter(block -> block.bits <= block.size())
        : Optional.empty();
  }

  /** Whether both are the same address, in any spelling. False for names. */
  static boolean isSameAddress(String one, String other) {
    Optional<InetAddress> address = address(one);
    return address.isPresent() && address.equals(address(other));
  }

  /** False for a name. */
  boolean contains(String host) {
    return address(host)
        .filter(other -> other.getAddress().length * Byte.SIZE == size())
        .map(other -> prefix(other).equals(prefix(first)))
        .orElse(false);
  }

  private int size() {
    return first.getAddress().length * Byte.SIZE;
  }

  private BigInteger prefix(InetAddress address) {
    return new BigInteger(1, address.getAddress()).shiftRight(size() - bits);
  }

  private static Optional<InetAddress> address(String text) {
    try {
      return LITERAL.matcher(text).matches()
          ? Optional.of(InetAddress.getByName(text))
          : Optional.empty();
    } catch (UnknownHostException malformed) {
      return Optional.empty();
    }
  }
}
