package dev.osmo.cli.listen;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.osmo.cli.output.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A complete response of this process. It is never cached. */
public final class Answer {
  /** The interim response before the body of a request. */
  public static final String CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n";

  private static final String JSON = "application/json";

  private final int status;
  private final List<Head.Field> fields;
  private final byte[] body;

  private Answer(int status, List<Head.Field> fields, byte[] body) {
    this.status = status;
    this.fields = List.copyOf(fields);
    this.body = body;
  }

  public static Answer json(JsonNode body) {
    return of(200, JSON, Json.onOneLine(body) + "\n");
  }

  public static Answer text(int status, String body) {
    return of(status, "text/plain; charset=utf-8", body);
  }

  /** A page for a person, without scripts, and without anything from elsewhere. */
  public static Answer page(int status, String html) {
    return of(status, "text/html; charset=utf-8", html)
        .with("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
        .with("Referrer-Policy", "no-referrer");
  }

  public static Answer metrics(String body) {
    return of(200, "text/plain; version=0.0.4; charset=utf-8", body);
  }

  /**
   * A problem document (RFC 9457) with OSMO's {@code message}.
   *
   * @param type its name
   * @param message a sentence without its full stop
   */
  public static Answer problem(int status, String type, String message) {
    ObjectNode problem =
        Json.object()
            .put("type", "urn:osmo:problem:" + type)
            .put("status", status)
            .put("detail", message + ".")
            .put("message", message + ".");
    return of(status, "application/problem+json", Json.onOneLine(problem) + "\n");
  }

  static Answer of(BadMessage bad) {
    return problem(bad.status(), "bad-request", bad.why());
  }

  private static Answer of(int status, String type, String body) {
    return new Answer(
        status,
        List.of(
            new Head.Field("Content-Type", type),
            new Head.Field("Cache-Control", "no-store"),
            new Head.Field("X-Content-Type-Options", "nosniff")),
        body.getBytes(StandardCharsets.UTF_8));
  }

  public Answer with(String name, String value) {
    List<Head.Field> more = new ArrayList<>(fields);
    more.add(new Head.Field(name, value));
    return new Answer(status, more, body);
  }

  public int status() {
    return status;
  }

  /**
   * The response as it is sent.
   *
   * @param persistent whether the connection stays open
   * @param withBody false in a response to HEAD
   */
  public byte[] bytes(boolean persistent, boolean withBody) {
    List<Head.Field> all = new ArrayList<>(fields);
    all.add(new Head.Field("Content-Length", Integer.toString(body.length)));
    if (!persistent) {
      all.add(new Head.Field("Connection", "close"));
    }
    byte[] head = new Head("HTTP/1.1 " + status + " " + reason(), all).bytes();
    if (!withBody) {
      return head;
    }
    byte[] bytes = Arrays.copyOf(head, head.length + body.length);
    System.arraycopy(body, 0, bytes, head.length, body.length);
    return bytes;
  }

  /** Clients ignore it, but some require it. */
  private String reason() {
    return status < 300 ? "OK" : status < 500 ? "Refused" : "Unavailable";
  }
}
