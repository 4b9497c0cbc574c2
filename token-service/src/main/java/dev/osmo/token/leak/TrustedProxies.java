package dev.osmo.token.leak;

import dev.osmo.token.settings.StartRefused;
import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the client behind the proxies that we know. Each proxy appends the address it was called
 * from, so the list is read from its end, and only as long as the one who wrote is trusted: what
 * stands before that, anybody may have written.
 */
record TrustedProxies(List<IpSubnetFilterRule> networks) {

  TrustedProxies {
    networks = List.copyOf(networks);
  }

  /** Reads the setting, or ends the start with the reason. */
  static TrustedProxies read(List<String> setting) {
    return new TrustedProxies(setting.stream().map(TrustedProxies::network).toList());
  }

  /**
   * @param peer who opened the connection
   * @param forwardedFor the values of {@code X-Forwarded-For}, in their order
   */
  ClientAddress clientOf(@Nullable String peer, List<String> forwardedFor) {
    List<String> hops = List.of(String.join(",", forwardedFor).split(","));
    return ClientAddress.read(peer)
        .map(address -> ClientAddress.of(behind(address, hops)))
        .orElse(ClientAddress.UNKNOWN);
  }

  private InetAddress behind(InetAddress peer, List<String> hops) {
    InetAddress client = peer;
    for (String hop : hops.reversed()) {
      Optional<InetAddress> before = ClientAddress.read(hop);
      if (!isTrusted(client) || before.isEmpty()) {
        return client;
      }
      client = before.get();
    }
    return client;
  }

  private boolean isTrusted(InetAddress address) {
    InetSocketAddress socket = new InetSocketAddress(address, 0);
    return networks.stream().anyMatch(network -> network.matches(socket));
  }

  private static IpSubnetFilterRule network(String text) {
    String stripped = text.strip();
    try {
      return new IpSubnetFilterRule(address(stripped), bits(stripped), IpFilterRuleType.ACCEPT);
    } catch (IllegalArgumentException e) {
      throw new StartRefused(
          "token-service.leak-report.trusted-proxies holds '%s', which is neither an address nor a network."
              .formatted(stripped));
    }
  }

  private static InetAddress address(String network) {
    return ClientAddress.read(network.replaceFirst("/.*", ""))
        .orElseThrow(IllegalArgumentException::new);
  }

  private static int bits(String network) {
    int slash = network.indexOf('/');
    return slash < 0
        ? address(network).getAddress().length * Byte.SIZE
        : Integer.parseInt(network.substring(slash + 1));
  }
}
