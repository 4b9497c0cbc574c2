package dev.osmo.exchange.limits;

import dev.osmo.exchange.settings.CannotStart;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the client behind the proxies that we know. Each proxy appends the address it was called
 * from, so the list is read from its end, and only as long as the one who wrote is trusted: what
 * stands before that, anybody may have written.
 */
record TrustedProxies(List<Subnet> subnets) {

  TrustedProxies {
    subnets = List.copyOf(subnets);
  }

  /** Reads the setting, or ends the start with the reason. */
  static TrustedProxies read(List<String> setting) {
    return new TrustedProxies(setting.stream().map(TrustedProxies::subnet).toList());
  }

  /**
   * @param peer who opened the connection
   * @param forwardedFor the values of {@code X-Forwarded-For}, in their order
   */
  ClientAddress clientOf(@Nullable String peer, List<String> forwardedFor) {
    return Literal.read(peer)
        .map(
            address ->
                ClientAddress.of(
                    behind(address, List.of(String.join(",", forwardedFor).split(",")))))
        .orElse(ClientAddress.UNKNOWN);
  }

  private InetAddress behind(InetAddress peer, List<String> hops) {
    InetAddress client = peer;
    for (String hop : hops.reversed()) {
      Optional<InetAddress> before = Literal.read(hop);
      if (!isTrusted(client) || before.isEmpty()) {
        return client;
      }
      client = before.get();
    }
    return client;
  }

  private boolean isTrusted(InetAddress address) {
    return subnets.stream().anyMatch(subnet -> subnet.contains(address));
  }

  private static Subnet subnet(String text) {
    return Subnet.read(text.strip())
        .orElseThrow(
            () ->
                CannotStart.because(
                    "auth-exchange.limits.trusted-proxies holds '%s', which is neither an address nor a network."
                        .formatted(text)));
  }
}
