package dev.osmo.cli.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** A request. Guarantee: no part of it can add a header or a second request. */
public final class HttpRequest {
  private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
  private static final Pattern TARGET = Pattern.compile("/[\\x21-\\x7e]*");
  private static final Pattern VALUE = Pattern.compile("[\\t\\x20-\\x7e]*");

  private final String method;
  private final String target;
  private final Map<String, String> headers;
  private final byte[] body;

  /**
   * @param target the path and query, in ASCII
   * @param headers all except {@code Host}, {@code Content-Length} and those for a proxy
   * @throws IllegalArgumentException if a part contains a character that HTTP does not allow there
   */
  public HttpRequest(String method, String target, Map<String, String> headers, byte[] body) {
    require(TOKEN, method);
    require(TARGET, target);
    headers.keySet().forEach(name -> require(TOKEN, name));
    headers.values().forEach(value -> require(VALUE, value));
    this.method = method;
    this.target = target;
    this.headers = new LinkedHashMap<>(headers);
    this.body = Arrays.copyOf(body, body.length);
  }

  String method() {
    return method;
  }

  /** The complete request. */
  byte[] bytes(Route route) {
    StringBuilder head = new StringBuilder(method).append(' ');
    route.proxyOfRequests().ifPresent(proxy -> head.append("http://").append(route.authority()));
    head.append(target).append(" HTTP/1.1\r\n");
    line(head, "Host", route.authority());
    route
        .proxyOfRequests()
        .flatMap(Proxy::authorization)
        .ifPresent(text -> line(head, "Proxy-Authorization", text));
    headers.forEach((name, value) -> line(head, name, value));
    if (body.length > 0 || !(method.equals("GET") || method.equals("HEAD"))) {
      line(head, "Content-Length", Integer.toString(body.length));
    }
    return joined(head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII), body);
  }

  /** The request for a tunnel to an encrypted server (RFC 9110, section 9.3.6). */
  static byte[] tunnel(Route route, Proxy proxy) {
    StringBuilder head = new StringBuilder("CONNECT " + route.server() + " HTTP/1.1\r\n");
    line(head, "Host", route.server().toString());
    proxy.authorization().ifPresent(text -> line(head, "Proxy-Authorization", text));
    return head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII);
  }

  private static void line(StringBuilder head, String name, String value) {
    head.append(name).append(": ").append(value).append("\r\n");
  }

  private static byte[] joined(byte[] head, byte[] body) {
    ByteArrayOutputStream all = new ByteArrayOutputStream(head.length + body.length);
    all.writeBytes(head);
    all.writeBytes(body);
    return all.toByteArray();
  }

  private static void require(Pattern allowed, String text) {
    if (!allowed.matcher(text).matches()) {
      throw new IllegalArgumentException("Not allowed in an HTTP request");
    }
  }
}
