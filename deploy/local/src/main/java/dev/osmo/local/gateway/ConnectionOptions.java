package dev.osmo.local.gateway;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The names in {@code Connection}. Headers of these names belong to one connection, and a proxy
 * does not forward them (RFC 9110, section 7.6.1).
 *
 * @param names in lower case
 */
record ConnectionOptions(Set<String> names) {

  /** Of one connection, also if {@code Connection} does not name them. */
  private static final Set<String> ALWAYS =
      Set.of(
          "connection",
          "keep-alive",
          "proxy-connection",
          "proxy-authenticate",
          "proxy-authorization",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  /** Headers that a service relies on: for where the body ends, and for who sent it. */
  private static final Set<String> OF_THE_SERVICE =
      Stream.concat(
              Stream.of("host", "content-length", "transfer-encoding", "authorization", "cookie"),
              Forwarding.UNTRUSTED.stream().map(ConnectionOptions::lowerCase))
          .collect(Collectors.toUnmodifiableSet());

  static ConnectionOptions of(MultiMap headers) {
    return new ConnectionOptions(
        headers.getAll(HttpHeaders.CONNECTION).stream()
            .flatMap(value -> Stream.of(value.split(",", -1)))
            .map(name -> lowerCase(name.strip()))
            .filter(name -> !name.isEmpty())
            .collect(Collectors.toUnmodifiableSet()));
  }

  /**
   * Whether a name is that of a header that a service relies on. No client may name such a header,
   * because it is for the service (RFC 9110, section 7.6.1). A proxy that obeys removes what itself
   * or another proxy has set, such as the client's address (CVE-2024-45410 of Traefik). nginx does
   * not obey any name, and Envoy refuses {@code X-Forwarded-*} with 400. Here the request is
   * refused, too: without the header it would mean something else, and no known client sends it.
   */
  boolean nameHeadersOfTheService() {
    return names.stream().anyMatch(OF_THE_SERVICE::contains);
  }

  /** Leaves the headers that are not only of one connection. */
  void removeFrom(MultiMap headers) {
    removeAll(names, headers);
    removeAll(ALWAYS, headers);
  }

  private static void removeAll(Collection<String> names, MultiMap headers) {
    names.forEach(headers::remove);
  }

  private static String lowerCase(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
