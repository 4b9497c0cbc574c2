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
import java.nio.charset.StandardCharsets;
import java.util.Base64;
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
    return List.of(proxyUrl(uri).map(ProxyVariables::proxy).orElse(Proxy.NO_PROXY));
  }

  @Override
  public void connectFailed(URI uri, SocketAddress address, IOException failure) {
    // The request itself fails and says so.
  }

  /** What the proxy for this address wants to hear of its user, when the variable names one. */
  Optional<String> authorization(URI uri) {
    return proxyUrl(uri)
        .map(URI::getUserInfo)
        .map(user -> user.getBytes(StandardCharsets.UTF_8))
        .map(user -> "Basic " + Base64.getEncoder().encodeToString(user));
  }

  /** Empty for an address that is asked directly. */
  private Optional<URI> proxyUrl(URI uri) {
    return isExempt(uri)
        ? Optional.empty()
        : eitherCase(uri.getScheme() + "_proxy")
            .or(() -> eitherCase("all_proxy"))
            .map(ProxyVariables::url);
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

  private static Proxy proxy(URI url) {
    int port = url.getPort() < 0 ? 80 : url.getPort();
    return new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(url.getHost(), port));
  }

  private static URI url(String text) {
    try {
      URI url = URI.create(text.contains("://") ? text : "http://" + text);
      if ("http".equalsIgnoreCase(url.getScheme()) && url.getHost() != null) {
        return url;
      }
    } catch (IllegalArgumentException malformed) {
      // Refused below, as other values that osmo cannot use.
    }
    throw Failure.of(
        ExitCode.USER_ERROR,
        "The proxy variable holds an address that osmo cannot use",
        "Write it as http://host:port or http://user:password@host:port, with special characters in"
            + " the password as %40 and so on, or exempt the server with NO_PROXY.");
  }
}
