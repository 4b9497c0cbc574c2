package dev.osmo.exchange.limits;

import java.net.InetAddress;
import java.util.Optional;

/** Addresses that share their first bits, as {@code 10.0.0.0/8}; without bits it is one address. */
record Subnet(InetAddress network, int bits) {

  static Optional<Subnet> read(String text) {
    int slash = text.indexOf('/');
    String address = slash < 0 ? text : text.substring(0, slash);
    return Literal.read(address)
        .flatMap(network -> bits(text, slash, network).map(bits -> new Subnet(network, bits)));
  }

  boolean contains(InetAddress address) {
    byte[] mine = network.getAddress();
    byte[] other = address.getAddress();
    if (mine.length != other.length) {
      return false;
    }
    for (int bit = 0; bit < bits; bit++) {
      int mask = 0x80 >> bit % 8;
      if ((mine[bit / 8] & mask) != (other[bit / 8] & mask)) {
        return false;
      }
    }
    return true;
  }

  private static Optional<Integer> bits(String text, int slash, InetAddress network) {
    int most = network.getAddress().length * 8;
    try {
      int bits = slash < 0 ? most : Integer.parseInt(text.substring(slash + 1));
      return bits < 0 || bits > most ? Optional.empty() : Optional.of(bits);
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
