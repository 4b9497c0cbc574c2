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
 * The proxy that {@code HTTPS_PROXY}, {@code HTTP_PROXY} or for both {@code ALL_PROXY}, in capitals
 * or not, and {@code NO_PROXY} name, as curl and others read them. A loopback address is never sent
 * through a proxy.
 */
final class ProxyVariables extends ProxySelector {
  private final Variables variables;

  ProxyVariables(Variables variables) {
    this.variables = variables;
  }

  @Override
  public List<Proxy> select(URI uri) {
    return List.of(isExempt(uri) ? Proxy.NO_PROXY : proxy(uri).orElse(Proxy.NO_PROXY));
  }

  @Override
  public void connectFailed(URI uri, SocketAddress address, IOException failure) {
    // The request itself fails and says so.
  }

  private Optional<Proxy> proxy(URI uri) {
    return eitherCase(uri.getScheme() + "_proxy")
        .or(() -> eitherCase("all_proxy"))
        .map(ProxyVariables::address);
  }

  private boolean isExempt(URI uri) {
    return new ServerUrl(uri.getScheme() + "://" + uri.getRawAuthority()).isLoopback()
        || eitherCase("no_proxy").map(list -> new ProxyExemptions(list).include(uri)).orElse(false);
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
      if ("http".equalsIgnoreCase(proxy.getScheme())
          && proxy.getHost() != null
          && proxy.getRawUserInfo() == null) {
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
        "Write it as http://host:port, without a user name, or exempt the server with NO_PROXY.");
  }
}
