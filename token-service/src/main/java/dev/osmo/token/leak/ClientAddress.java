package dev.osmo.token.leak;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a request came from, as the limit counts: an IPv4 address or the /64 network of an IPv6
 * one. The front is trusted, and what it saw itself stands last in {@code X-Forwarded-For}.
 */
record ClientAddress(String network) {

  private static final String FORWARDED_FOR = "X-Forwarded-For";
  private static final Pattern IPV6_NETWORK = Pattern.compile("([0-9a-f]*(?::[0-9a-f]*){3}):.*");

  static ClientAddress of(RoutingContext context) {
    HttpServerRequest request = context.request();
    String forwarded = request.getHeader(FORWARDED_FOR);
    return forwarded == null
        ? ofPeer(request)
        : of(forwarded.substring(forwarded.lastIndexOf(',') + 1).strip());
  }

  static ClientAddress of(String address) {
    String shortened = address.length() > 64 ? address.substring(0, 64) : address;
    Matcher ipv6 = IPV6_NETWORK.matcher(shortened);
    return new ClientAddress(ipv6.matches() ? ipv6.group(1) : shortened);
  }

  private static ClientAddress ofPeer(HttpServerRequest request) {
    return of(
        request.connection().remoteAddress() == null
            ? ""
            : String.valueOf(request.connection().remoteAddress().hostAddress()));
  }
}
