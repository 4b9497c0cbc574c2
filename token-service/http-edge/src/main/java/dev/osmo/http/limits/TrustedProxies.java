package dev.osmo.http.limits;

import dev.osmo.http.start.StartRefused;
import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.vertx.core.http.HttpServerRequest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the client behind trusted proxies. Each proxy appends the address that called it, so the
 * list is read from its end, and only while the address that wrote the entry is trusted. Any caller
 * may have forged the entries before that.
 */
public record TrustedProxies(List<IpSubnetFilterRule> networks) {

  private static final String FORWARDED_FOR = "X-Forwarded-For";

  public TrustedProxies {
    networks = List.copyOf(networks);
  }

  /**
   * Parses a setting that lists addresses and networks.
   *
   * @throws StartRefused if a value is neither; the message names the setting
   */
  public static TrustedProxies read(String setting, List<String> values) {
    return new TrustedProxies(values.stream().map(value -> network(setting, value)).toList());
  }

  public ClientAddress clientOf(HttpServerRequest request) {
    @Nullable String peer =
        Optional.ofNullable(request.remoteAddress())
            .map(address -> address.hostAddress())
            .orElse(null);
    return clientOf(peer, request.headers().getAll(FORWARDED_FOR));
  }

  /**
   * @param peer the address that opened the connection
   * @param forwardedFor the values of {@code X-Forwarded-For}, in their order
   */
  ClientAddress clientOf(@Nullable String peer, List<String> forwardedFor) {
    List<String> hops = List.of(String.join(",", forwardedFor).split(","));
    return IpLiteral.read(peer)
        .map(address -> ClientAddress.of(behind(address, hops)))
        .orElse(ClientAddress.UNKNOWN);
  }

  private InetAddress behind(InetAddress peer, List<String> hops) {
    InetAddress client = peer;
    for (String hop : hops.reversed()) {
      Optional<InetAddress> before = IpLiteral.readForwarded(hop);
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

  private static IpSubnetFilterRule network(String setting, String value) {
    String[] parts = value.strip().split("/", 2);
    try {
      InetAddress address =
          IpLiteral.read(parts[0]).orElseThrow(() -> new IllegalArgumentException(value));
      int bits =
          parts.length > 1 ? Integer.parseInt(parts[1]) : address.getAddress().length * Byte.SIZE;
      return new IpSubnetFilterRule(address, bits, IpFilterRuleType.ACCEPT);
    } catch (IllegalArgumentException e) {
      throw new StartRefused(
          "%s contains '%s', which is neither an address nor a network."
              .formatted(setting, value.strip()));
    }
  }
}
