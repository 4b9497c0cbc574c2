package dev.osmo.cli.server;

import dev.osmo.cli.environment.Variables;
import dev.osmo.cli.http.Proxy;
import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/**
 * The proxy from {@code HTTPS_PROXY}, {@code HTTP_PROXY} or {@code ALL_PROXY}, unless {@code
 * NO_PROXY} exempts the host, in upper or lower case, as in curl. Loopback addresses never use a
 * proxy.
 */
final class ProxyVariables {
  private static final String SCHEME = "http://";

  private final Variables variables;

  ProxyVariables(Variables variables) {
    this.variables = variables;
  }

  /** Empty for a direct connection. */
  Optional<Proxy> towards(ServerUrl server) {
    String scheme = server.isEncrypted() ? "https" : "http";
    return isExempt(server)
        ? Optional.empty()
        : eitherCase(scheme + "_proxy")
            .or(() -> eitherCase("all_proxy"))
            .map(ProxyVariables::proxy);
  }

  private boolean isExempt(ServerUrl server) {
    return server.isLoopback()
        || eitherCase("no_proxy")
            .map(list -> new ProxyExemptions(list).include(server.endpoint()))
            .orElse(false);
  }

  private Optional<String> eitherCase(String name) {
    return variables
        .variable(name.toLowerCase(Locale.ROOT))
        .or(() -> variables.variable(name.toUpperCase(Locale.ROOT)));
  }

  private static Proxy proxy(String text) {
    String url = text.contains("://") ? text : SCHEME + text;
    int at = url.lastIndexOf('@');
    try {
      if (url.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
        String host = url.substring(Math.max(at + 1, SCHEME.length()));
        return new Proxy(
            new ServerUrl(SCHEME + host).endpoint(),
            at < 0 ? Optional.empty() : Optional.of(basic(user(url.substring(0, at)))));
      }
    } catch (IllegalArgumentException | Failure malformed) {
      // Reported below.
    }
    throw Failure.of(
        ExitCode.USER_ERROR,
        "The proxy variable has an address that osmo does not support",
        "Write it as http://host:port or http://user:password@host:port, with percent-encoded special"
            + " characters in the password, or exempt the server with NO_PROXY.");
  }

  private static String user(String urlBeforeHost) {
    return Optional.ofNullable(URI.create(urlBeforeHost + "@host").getUserInfo())
        .orElseThrow(IllegalArgumentException::new);
  }

  private static String basic(String user) {
    return "Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8));
  }
}
