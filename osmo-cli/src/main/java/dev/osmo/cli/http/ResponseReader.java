package dev.osmo.cli.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads one response (RFC 9112). Guarantees: reads at most {@link #LONGEST_HEAD} bytes of headers,
 * and {@link #LARGEST_BODY} bytes of the body; reads nothing behind the response; accepts no
 * response whose length is unclear; decompresses nothing.
 */
final class ResponseReader {
  static final int LARGEST_BODY = 16 * 1024 * 1024;
  private static final int LONGEST_HEAD = 128 * 1024;

  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.([01]) ([1-9]\\d\\d)( .*)?");
  private static final Pattern FIELD = Pattern.compile("([^\\s:]+):[ \\t]*(.*?)[ \\t]*");
  private static final Pattern CHUNK = Pattern.compile("([0-9a-fA-F]{1,8})[ \\t]*(;.*)?");

  /** The first byte of a TLS alert (RFC 8446, section 5.1). */
  private static final int TLS_ALERT = 0x15;

  private static final int SWITCHING_PROTOCOLS = 101;
  private static final int NO_CONTENT = 204;
  private static final int NOT_MODIFIED = 304;
  private static final int HEXADECIMAL = 16;

  private final InputStream in;
  private int head;
  private boolean reusable;

  ResponseReader(InputStream in) {
    this.in = in;
  }

  /** Whether the connection may be used again after {@link #read}. */
  boolean isReusable() {
    return reusable;
  }

  /** The response to a request with this method, after any interim responses. */
  HttpResponse read(String method) throws IOException {
    while (true) {
      Matcher status = status(line());
      int code = Integer.parseInt(status.group(2));
      Map<String, List<String>> headers = headers();
      if (code == SWITCHING_PROTOCOLS) {
        throw notHttp();
      }
      if (code >= 200) {
        boolean persistent = status.group(1).equals("1") && !has(headers, "connection", "close");
        boolean empty = method.equals("HEAD") || code == NO_CONTENT || code == NOT_MODIFIED;
        reusable = persistent;
        return new HttpResponse(code, headers, empty ? new byte[0] : body(headers));
      }
    }
  }

  /** The status of a proxy's response to CONNECT, whose body, if any, is not read. */
  int readTunnelStatus() throws IOException {
    int code = Integer.parseInt(status(line()).group(2));
    headers();
    return code;
  }

  /** RFC 9112, section 6.3. */
  private byte[] body(Map<String, List<String>> headers) throws IOException {
    if (headers.containsKey("transfer-encoding")) {
      reusable &= !headers.containsKey("content-length");
      return has(headers, "transfer-encoding", "chunked") ? chunks() : rest();
    }
    Optional<Long> length = contentLength(headers);
    return length.isPresent() ? exactly(length.get(), 0) : rest();
  }

  private static Optional<Long> contentLength(Map<String, List<String>> headers)
      throws NetworkFault {
    List<String> lengths =
        headers.getOrDefault("content-length", List.of()).stream().distinct().toList();
    if (lengths.isEmpty()) {
      return Optional.empty();
    }
    if (lengths.size() > 1 || !lengths.getFirst().matches("\\d{1,18}")) {
      throw notHttp();
    }
    return Optional.of(Long.parseLong(lengths.getFirst()));
  }

  private byte[] chunks() throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    while (true) {
      // The limit of the head does not apply to all chunks together.
      head = 1;
      Matcher chunk = CHUNK.matcher(line());
      if (!chunk.matches()) {
        throw notHttp();
      }
      long size = Long.parseLong(chunk.group(1), HEXADECIMAL);
      if (size == 0) {
        headers();
        return body.toByteArray();
      }
      body.writeBytes(exactly(size, body.size()));
      if (!line().isEmpty()) {
        throw notHttp();
      }
    }
  }

  /**
   * A body, or a part of it.
   *
   * @param before the bytes of the body before this part
   */
  private byte[] exactly(long size, int before) throws IOException {
    if (size > LARGEST_BODY - before) {
      throw new NetworkFault(NetworkFault.Kind.TOO_LARGE);
    }
    byte[] bytes = in.readNBytes((int) size);
    if (bytes.length < size) {
      throw new NetworkFault(NetworkFault.Kind.CUT_OFF);
    }
    return bytes;
  }

  private byte[] rest() throws IOException {
    reusable = false;
    byte[] bytes = in.readNBytes(LARGEST_BODY + 1);
    if (bytes.length > LARGEST_BODY) {
      throw new NetworkFault(NetworkFault.Kind.TOO_LARGE);
    }
    return bytes;
  }

  private static Matcher status(String line) throws NetworkFault {
    Matcher status = STATUS.matcher(line);
    if (!status.matches()) {
      throw isTlsAlert(line) ? new NetworkFault(NetworkFault.Kind.IS_TLS) : notHttp();
    }
    return status;
  }

  /** Headers, or the trailers of a chunked body, up to the empty line. */
  private Map<String, List<String>> headers() throws IOException {
    Map<String, List<String>> headers = new TreeMap<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      Matcher field = FIELD.matcher(line);
      if (!field.matches()) {
        throw notHttp();
      }
      headers
          .computeIfAbsent(field.group(1).toLowerCase(Locale.ROOT), name -> new ArrayList<>())
          .add(field.group(2));
    }
    return headers;
  }

  private static boolean has(Map<String, List<String>> headers, String name, String option) {
    return headers.getOrDefault(name, List.of()).stream()
        .anyMatch(value -> value.toLowerCase(Locale.ROOT).matches("(.*,)?\\s*" + option + "\\s*"));
  }

  private String line() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw endedAfter(bytes.toString(StandardCharsets.ISO_8859_1));
      }
      if (++head > LONGEST_HEAD) {
        throw notHttp();
      }
      bytes.write(next);
    }
    String line = bytes.toString(StandardCharsets.ISO_8859_1);
    return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
  }

  private NetworkFault endedAfter(String line) {
    if (head == 0) {
      return new NetworkFault(NetworkFault.Kind.NO_RESPONSE);
    }
    boolean first = head == line.length();
    if (first && isTlsAlert(line)) {
      return new NetworkFault(NetworkFault.Kind.IS_TLS);
    }
    return first && !line.startsWith("HTTP/")
        ? notHttp()
        : new NetworkFault(NetworkFault.Kind.CUT_OFF);
  }

  /** Possibly only its beginning, because the alert for an unexpected message is a line break. */
  private static boolean isTlsAlert(String line) {
    return line.indexOf(TLS_ALERT) == 0;
  }

  private static NetworkFault notHttp() {
    return new NetworkFault(NetworkFault.Kind.NOT_HTTP);
  }
}
