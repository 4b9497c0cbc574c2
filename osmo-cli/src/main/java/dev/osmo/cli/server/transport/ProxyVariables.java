package dev.osmo.cli.server.transport;

import dev.osmo.cli.environment.Variables;
import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import dev.osmo.cli.server.ServerUrl;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The proxy that {@code HTTPS_PROXY}, {@code HTTP_PROXY} (in capitals or not) and {@code NO_PROXY}
 * name, as curl and others read them. A loopback address is never sent through a proxy.
 */
final class ProxyVariables extends ProxySelector {
  private final Variables variables;

  ProxyVariables(Variables variables) {
    this.variables = variables;
  }

  @Override
  public List<Proxy> select(URI uri) {
    String host = String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT);
    return List.of(isExempt(uri, host) ? Proxy.NO_PROXY : proxy(uri).orElse(Proxy.NO_PROXY));
  }

  @Override
  public void connectFailed(URI uri, SocketAddress address, IOException failure) {
    // The request itself fails and says so.
  }

  private Optional<Proxy> proxy(URI uri) {
    return eitherCase(uri.getScheme() + "_proxy").map(ProxyVariables::address);
  }

  private boolean isExempt(URI uri, String host) {
    return new ServerUrl(uri.getScheme() + "://" + uri.getRawAuthority()).isLoopback()
        || eitherCase("no_proxy").map(list -> isIn(list, host)).orElse(false);
  }

  private static boolean isIn(String list, String host) {
    for (String entry : list.toLowerCase(Locale.ROOT).split("[,\\s]+", -1)) {
      String domain = entry.startsWith(".") ? entry.substring(1) : entry;
      if (entry.equals("*")
          || (!domain.isEmpty() && (host.equals(domain) || host.endsWith("." + domain)))) {
        return true;
      }
    }
    return false;
  }

  private Optional<String> eitherCase(String name) {
    return variables
        .variable(name.toLowerCase(Locale.ROOT))
        .or(() -> variables.variable(name.toUpperCase(Locale.ROOT)));
  }

  private static Proxy address(String text) {
    String url = text.contains("://") ? text : "http://" + text;
    try {
      URI proxy = URI.create(url);
      if (proxy.getHost() != null && proxy.getRawUserInfo() == null) {
        int port = proxy.getPort() < 0 ? 80 : proxy.getPort();
        return new Proxy(
            Proxy.Type.HTTP, InetSocketAddress.createUnresolved(proxy.getHost(), port));
      }
    } catch (IllegalArgumentException malformed) {
      // Refused below, as other values that osmo cannot use.
    }
    throw Failure.of(
        ExitCode.USER_ERROR,
        "The proxy variable holds an address that osmo cannot use",
        "Write it as http://host:port, without a user name.");
  }
}
