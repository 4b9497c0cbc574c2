package dev.osmo.cli.listen;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The first line and the header fields of a request or response. Read strictly (RFC 9112), so that
 * no other reader of the same bytes sees other fields:
 *
 * <ol>
 *   <li>Lines end with CR LF, and contain neither alone.
 *   <li>A field has no space before its colon, and no continuation line.
 *   <li>At most {@link #MOST_FIELDS} fields and {@link #LARGEST} bytes.
 * </ol>
 *
 * @param start the request line or status line
 * @param fields in order, with their names as they were sent
 */
public record Head(String start, List<Field> fields) {
  static final int LARGEST = 32 * 1024;
  static final int MOST_FIELDS = 100;

  private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
  private static final Pattern VALUE = Pattern.compile("[\\t\\x20-\\x7e\\x80-\\xff]*");
  private static final int TOO_LARGE = 431;

  /** The fields of one connection (RFC 9110, section 7.6.1, and older ones). */
  private static final Set<String> HOP_BY_HOP =
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

  /** One header field. */
  public record Field(String name, String value) {
    public boolean is(String other) {
      return name.equalsIgnoreCase(other);
    }
  }

  public Head {
    fields = List.copyOf(fields);
  }

  /**
   * Reads up to the empty line.
   *
   * @return empty at the end of the stream
   * @throws BadMessage if it is not HTTP
   */
  public static Optional<Head> read(InputStream in) throws IOException {
    Lines lines = new Lines(in, LARGEST);
    Optional<String> start = lines.next();
    if (start.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new Head(start.get(), fields(lines)));
  }

  /** Up to the empty line: header fields, or the trailers of a chunked body. */
  private static List<Field> fields(Lines lines) throws IOException {
    List<Field> fields = new ArrayList<>();
    for (String line = lines.required(); !line.isEmpty(); line = lines.required()) {
      if (fields.size() == MOST_FIELDS) {
        throw new BadMessage(TOO_LARGE, "There are more than " + MOST_FIELDS + " header fields");
      }
      fields.add(field(line));
    }
    return fields;
  }

  private static Field field(String line) throws BadMessage {
    int colon = line.indexOf(':');
    if (colon < 0 || !NAME.matcher(line.substring(0, colon)).matches()) {
      throw BadMessage.malformed("A header field is malformed");
    }
    String value = line.substring(colon + 1);
    if (!VALUE.matcher(value).matches()) {
      throw BadMessage.malformed("A header field contains a control character");
    }
    return new Field(line.substring(0, colon), value.strip());
  }

  /** Skips the trailers of a chunked body. */
  static void skipTrailers(InputStream in) throws IOException {
    fields(new Lines(in, LARGEST));
  }

  public List<String> values(String name) {
    return fields.stream().filter(field -> field.is(name)).map(Field::value).toList();
  }

  public Optional<String> first(String name) {
    return values(name).stream().findFirst();
  }

  public boolean has(String name) {
    return fields.stream().anyMatch(field -> field.is(name));
  }

  /** Whether a list, such as {@code Connection}, contains this word. */
  public boolean lists(String name, String word) {
    return words(name).anyMatch(word::equals);
  }

  /** In lower case. */
  private Stream<String> words(String name) {
    return values(name).stream()
        .flatMap(value -> Stream.of(value.split(",", -1)))
        .map(word -> word.strip().toLowerCase(Locale.ROOT));
  }

  /** The fields that are not only of this connection. */
  public List<Field> endToEnd() {
    Set<String> named = words("connection").collect(Collectors.toSet());
    return fields.stream()
        .filter(field -> !HOP_BY_HOP.contains(field.name().toLowerCase(Locale.ROOT)))
        .filter(field -> !named.contains(field.name().toLowerCase(Locale.ROOT)))
        .toList();
  }

  public byte[] bytes() {
    StringBuilder text = new StringBuilder(start).append("\r\n");
    fields.forEach(
        field -> text.append(field.name()).append(": ").append(field.value()).append("\r\n"));
    return text.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Without the values, which may contain a credential. */
  @Override
  public String toString() {
    return "Head[" + fields.stream().map(Field::name).toList() + "]";
  }

  /** Lines of bytes, at most as many as the limit. */
  static final class Lines {
    private final InputStream in;
    private int left;

    Lines(InputStream in, int limit) {
      this.in = in;
      this.left = limit;
    }

    /** Empty at the end of the stream. */
    Optional<String> next() throws IOException {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      for (int next = in.read(); ; next = in.read()) {
        if (next < 0) {
          if (bytes.size() == 0) {
            return Optional.empty();
          }
          throw new EOFException();
        }
        if (--left < 0) {
          throw new BadMessage(
              TOO_LARGE, "The header fields are larger than " + LARGEST + " bytes");
        }
        if (next == '\n') {
          return Optional.of(ended(bytes.toString(StandardCharsets.ISO_8859_1)));
        }
        bytes.write(next);
      }
    }

    String required() throws IOException {
      return next().orElseThrow(EOFException::new);
    }

    private static String ended(String line) throws BadMessage {
      if (!line.endsWith("\r") || line.indexOf('\r') < line.length() - 1) {
        throw BadMessage.malformed("A line does not end with CR LF");
      }
      return line.substring(0, line.length() - 1);
    }
  }
}
