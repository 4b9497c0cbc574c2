package dev.osmo.cli.http;

import java.util.Optional;

/**
 * An HTTP proxy.
 *
 * @param authorization the value of {@code Proxy-Authorization}, which only the proxy receives
 */
public record Proxy(Endpoint endpoint, Optional<String> authorization) {
  @Override
  public String toString() {
    return endpoint.toString();
  }
}
