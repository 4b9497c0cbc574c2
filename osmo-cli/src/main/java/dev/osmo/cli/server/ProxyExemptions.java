package dev.osmo.cli.server;

import dev.osmo.cli.http.Endpoint;
import java.util.Locale;

/**
 * {@code NO_PROXY}: hosts that are connected to directly, separated by commas or white space. An
 * entry is a domain including its subdomains, optionally with a leading {@code .} or {@code *.}, in
 * letters of any language or in ASCII; an address in any spelling; a CIDR block ({@code
 * 10.0.0.0/8}); or {@code *} for all hosts. A domain or address may have a port.
 */
record ProxyExemptions(String list) {

  boolean include(Endpoint server) {
    String host = withoutDot(server.host());
    for (String entry : list.toLowerCase(Locale.ROOT).split("[,\\s]+", -1)) {
      if (matches(entry, host, server.port())) {
        return true;
      }
    }
    return false;
  }

  private static boolean matches(String entry, String host, int port) {
    if (entry.contains("/")) {
      return AddressBlock.of(entry).map(block -> block.contains(host)).orElse(false);
    }
    boolean hasPort = entry.matches("(\\[.*]|[^:]*):\\d+");
    String name = hasPort ? entry.substring(0, entry.lastIndexOf(':')) : entry;
    return (!hasPort || entry.endsWith(":" + port)) && names(withoutBrackets(name), host);
  }

  private static boolean names(String entry, String host) {
    String domain = HostName.ascii(withoutDot(entry.replaceFirst("^\\*?\\.", "")));
    return entry.equals("*")
        || AddressBlock.isSameAddress(entry, host)
        || (!domain.isEmpty() && (host.equals(domain) || host.endsWith("." + domain)));
  }

  /** A final dot only says that the name is complete. */
  private static String withoutDot(String name) {
    return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
  }

  private static String withoutBrackets(String host) {
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }
}
