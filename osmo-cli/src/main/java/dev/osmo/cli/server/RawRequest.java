package dev.osmo.cli.server;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** One HTTP request: an encoded path below the server's address, headers and a body. */
public final class RawRequest {
  private final String method;
  private final String pathAndQuery;
  private final Map<String, String> headers;
  private final byte[] body;
  private final Retry retry;

  private RawRequest(
      String method, String pathAndQuery, Map<String, String> headers, byte[] body, Retry retry) {
    this.method = method;
    this.pathAndQuery = pathAndQuery;
    this.headers = Map.copyOf(headers);
    this.body = body;
    this.retry = retry;
  }

  /**
   * A request for JSON, without a body.
   *
   * @param pathAndQuery starts with one slash
   */
  public static RawRequest of(String method, String pathAndQuery) {
    return new RawRequest(
        method,
        pathAndQuery,
        Map.of("Accept", "application/json", "Content-Type", "application/json"),
        new byte[0],
        Retry.of(method));
  }

  /** Replaces an existing header of this name. */
  public RawRequest withHeader(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.keySet().removeIf(name::equalsIgnoreCase);
    more.put(name, value);
    return new RawRequest(method, pathAndQuery, more, body, retry);
  }

  public RawRequest withBody(byte[] bytes) {
    byte[] copy = Arrays.copyOf(bytes, bytes.length);
    return new RawRequest(method, pathAndQuery, headers, copy, retry);
  }

  public RawRequest withRetry(Retry other) {
    return new RawRequest(method, pathAndQuery, headers, body, other);
  }

  public String method() {
    return method;
  }

  public String pathAndQuery() {
    return pathAndQuery;
  }

  public Map<String, String> headers() {
    return headers;
  }

  public Retry retry() {
    return retry;
  }

  public byte[] body() {
    return Arrays.copyOf(body, body.length);
  }
}
