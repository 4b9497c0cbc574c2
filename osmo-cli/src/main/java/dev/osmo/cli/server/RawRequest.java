package dev.osmo.cli.server;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One request as it goes over the wire: a path below the server's address, encoded already, and a
 * body of any kind.
 */
public final class RawRequest {
  private final String method;
  private final String pathAndQuery;
  private final Map<String, String> headers;
  private final byte[] body;
  private final Repetition repetition;

  private RawRequest(
      String method,
      String pathAndQuery,
      Map<String, String> headers,
      byte[] body,
      Repetition repetition) {
    this.method = method;
    this.pathAndQuery = pathAndQuery;
    this.headers = Map.copyOf(headers);
    this.body = body;
    this.repetition = repetition;
  }

  /**
   * A request that takes and sends JSON, without a body.
   *
   * @param pathAndQuery begins with one slash
   */
  public static RawRequest of(String method, String pathAndQuery) {
    return new RawRequest(
        method,
        pathAndQuery,
        Map.of("Accept", "application/json", "Content-Type", "application/json"),
        new byte[0],
        Repetition.of(method));
  }

  /** Replaces the header of this name, if there is one. */
  public RawRequest withHeader(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.keySet().removeIf(name::equalsIgnoreCase);
    more.put(name, value);
    return new RawRequest(method, pathAndQuery, more, body, repetition);
  }

  public RawRequest withBody(byte[] bytes) {
    byte[] copy = Arrays.copyOf(bytes, bytes.length);
    return new RawRequest(method, pathAndQuery, headers, copy, repetition);
  }

  public RawRequest repeated(Repetition other) {
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

  public Repetition repetition() {
    return repetition;
  }

  public byte[] body() {
    return Arrays.copyOf(body, body.length);
  }
}
