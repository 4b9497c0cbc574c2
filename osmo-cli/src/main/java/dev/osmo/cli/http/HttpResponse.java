package dev.osmo.cli.http;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A complete response, whatever its status. Untrusted. */
public final class HttpResponse {
  private final int status;
  private final Map<String, List<String>> headers;
  private final byte[] body;

  /**
   * @param headers by name in lower case
   */
  public HttpResponse(int status, Map<String, List<String>> headers, byte[] body) {
    this.status = status;
    this.headers = new TreeMap<>(headers);
    this.body = Arrays.copyOf(body, body.length);
  }

  public int status() {
    return status;
  }

  /** By name in lower case. */
  public Map<String, List<String>> headers() {
    return new TreeMap<>(headers);
  }

  /** The first header of this name. */
  public Optional<String> header(String name) {
    return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream().findFirst();
  }

  public byte[] body() {
    return Arrays.copyOf(body, body.length);
  }
}
