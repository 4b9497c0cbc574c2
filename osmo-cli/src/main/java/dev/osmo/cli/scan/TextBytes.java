package dev.osmo.cli.scan;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The bytes of a text in UTF-8 or a one-byte encoding. UTF-16, which Windows programs write, is
 * converted: recognized by its byte order mark, or by a zero in every second byte.
 */
final class TextBytes {
  private static final int HEAD = 8 * 1024;

  private TextBytes() {}

  /** Whether the stream is text. Reads nothing. */
  static boolean isText(BufferedInputStream in) throws IOException {
    byte[] head = head(in);
    return wide(head).isPresent() || zeros(head, 0, 1) == 0;
  }

  static BufferedInputStream buffered(InputStream in) {
    return new BufferedInputStream(in, HEAD);
  }

  static InputStream of(BufferedInputStream in) throws IOException {
    return wide(head(in)).<InputStream>map(charset -> new Converted(in, charset)).orElse(in);
  }

  private static byte[] head(BufferedInputStream in) throws IOException {
    in.mark(HEAD);
    byte[] head = in.readNBytes(HEAD);
    in.reset();
    return head;
  }

  private static Optional<Charset> wide(byte[] head) {
    if (head.length < 2) {
      return Optional.empty();
    }
    int mark = (Byte.toUnsignedInt(head[0]) << Byte.SIZE) | Byte.toUnsignedInt(head[1]);
    if (mark == 0xFEFF || (mark != 0xFFFE && isMostlyZero(head, 0) && zeros(head, 1, 2) == 0)) {
      return Optional.of(StandardCharsets.UTF_16BE);
    }
    boolean little = mark == 0xFFFE || (isMostlyZero(head, 1) && zeros(head, 0, 2) == 0);
    return little ? Optional.of(StandardCharsets.UTF_16LE) : Optional.empty();
  }

  private static boolean isMostlyZero(byte[] head, int from) {
    return zeros(head, from, 2) * 4 > head.length;
  }

  private static int zeros(byte[] head, int from, int step) {
    int zeros = 0;
    for (int i = from; i < head.length; i += step) {
      zeros += head[i] == 0 ? 1 : 0;
    }
    return zeros;
  }

  /** A text in UTF-8. */
  private static final class Converted extends InputStream {
    private final Reader reader;
    private final char[] characters = new char[HEAD];
    private byte[] bytes = new byte[0];
    private int next;

    Converted(InputStream in, Charset charset) {
      reader = new InputStreamReader(in, charset);
    }

    @Override
    public int read() throws IOException {
      return hasNext() ? Byte.toUnsignedInt(bytes[next++]) : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      if (!hasNext()) {
        return -1;
      }
      int count = Math.min(length, bytes.length - next);
      System.arraycopy(bytes, next, target, offset, count);
      next += count;
      return count;
    }

    private boolean hasNext() throws IOException {
      if (next == bytes.length) {
        int read = reader.read(characters);
        next = 0;
        bytes =
            read < 0
                ? new byte[0]
                : new String(characters, 0, read).getBytes(StandardCharsets.UTF_8);
      }
      return next < bytes.length;
    }

    @Override
    public void close() throws IOException {
      reader.close();
    }
  }
}
