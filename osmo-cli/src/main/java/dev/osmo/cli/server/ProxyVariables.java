package dev.osmo.cli.server;

import dev.osmo.cli.environment.Variables;
import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
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
 * The proxy from {@code HTTPS_PROXY}, {@code HTTP_PROXY} or {@code ALL_PROXY}, unless {@code
 * NO_PROXY} exempts the host, in upper or lower case, as in curl. Loopback addresses never use a
 * proxy.
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
    // The request fails and reports it.
  }

  /** The credentials for the proxy of this address, if the variable has a user. */
  Optional<String> authorization(URI uri) {
    return proxyUrl(uri)
        .map(URI::getUserInfo)
        .map(user -> user.getBytes(StandardCharsets.UTF_8))
        .map(user -> "Basic " + Base64.getEncoder().encodeToString(user));
  }

  /** Empty for a direct connection. */
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
      // Reported below.
    }
    throw Failure.of(
        ExitCode.USER_ERROR,
        "The proxy variable has an address that osmo does not support",
        "Write it as http://host:port or http://user:password@host:port, with percent-encoded special"
            + " characters in the password, or exempt the server with NO_PROXY.");
  }
}
