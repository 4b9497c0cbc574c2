package dev.osmo.cli.listen;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where the body of a message ends (RFC 9112, section 6). */
public sealed interface Framing {
  /** There is no body. */
  record None() implements Framing {}

  /** So many bytes. */
  record Length(long bytes) implements Framing {}

  record Chunked() implements Framing {}

  /** Up to the end of the connection. Only a response has it. */
  record UntilClose() implements Framing {}

  Pattern DIGITS = Pattern.compile("\\d{1,18}");
  Pattern CHUNK = Pattern.compile("([0-9a-fA-F]{1,8})(?:[ \\t]*;[\\t\\x20-\\x7e]*)?");
  int BUFFER = 16 * 1024;
  int LONGEST_CHUNK_LINE = 1024;
  int HEXADECIMAL = 16;
  String LINE_END = "\r\n";
  String LAST_CHUNK = "0\r\n\r\n";

  /**
   * The framing of a request.
   *
   * @throws BadMessage if two readers may find different ends: a length and a transfer coding, two
   *     lengths, an unknown transfer coding
   */
  static Framing ofRequest(Head head, boolean http11) throws BadMessage {
    if (head.has("Transfer-Encoding") && (!http11 || head.has("Content-Length"))) {
      throw BadMessage.malformed("A request has Content-Length or Transfer-Encoding, not both");
    }
    return declared(head, new None());
  }

  /**
   * The framing of a response.
   *
   * @param method of the request
   */
  static Framing ofResponse(Head head, String method, int status) throws BadMessage {
    if (head.has("Transfer-Encoding") && head.has("Content-Length")) {
      throw BadMessage.malformed("A response has Content-Length or Transfer-Encoding, not both");
    }
    boolean empty = method.equals("HEAD") || status < 200 || status == 204 || status == 304;
    Framing declared = declared(head, new UntilClose());
    return empty ? new None() : declared;
  }

  private static Framing declared(Head head, Framing otherwise) throws BadMessage {
    List<String> codings = head.values("Transfer-Encoding");
    if (!codings.isEmpty()) {
      if (codings.size() > 1 || !codings.getFirst().equalsIgnoreCase("chunked")) {
        throw new BadMessage(501, "The only transfer coding is chunked");
      }
      return new Chunked();
    }
    List<String> lengths = head.values("Content-Length");
    if (lengths.isEmpty()) {
      return otherwise;
    }
    if (lengths.size() > 1 || !DIGITS.matcher(lengths.getFirst()).matches()) {
      throw BadMessage.malformed("Content-Length is not one number");
    }
    long length = Long.parseLong(lengths.getFirst());
    return length == 0 && otherwise instanceof None ? otherwise : new Length(length);
  }

  /**
   * Copies a body, and sends each part as soon as it arrives. Chunks are written anew, without
   * extensions and trailers.
   *
   * @param progress is called for each part
   * @throws BadMessage for a malformed chunk
   * @throws EOFException if the body is incomplete
   */
  default void copy(InputStream in, OutputStream out, Runnable progress) throws IOException {
    switch (this) {
      case None none -> {}
      case Length length -> copy(in, out, length.bytes(), progress);
      case Chunked chunked -> copyChunks(in, out, progress);
      case UntilClose untilClose -> copyRest(in, out, progress);
    }
  }

  private static void copyChunks(InputStream in, OutputStream out, Runnable progress)
      throws IOException {
    while (true) {
      Matcher chunk = CHUNK.matcher(new Head.Lines(in, LONGEST_CHUNK_LINE).required());
      if (!chunk.matches()) {
        throw BadMessage.malformed("A chunk has no size");
      }
      long size = Long.parseLong(chunk.group(1), HEXADECIMAL);
      if (size == 0) {
        Head.skipTrailers(in);
        out.write(bytes(LAST_CHUNK));
        out.flush();
        return;
      }
      out.write(bytes(Long.toHexString(size) + LINE_END));
      copy(in, out, size, progress);
      if (in.read() != '\r' || in.read() != '\n') {
        throw BadMessage.malformed("A chunk is longer than its size");
      }
      out.write(bytes(LINE_END));
      out.flush();
    }
  }

  private static void copy(InputStream in, OutputStream out, long bytes, Runnable progress)
      throws IOException {
    byte[] buffer = new byte[(int) Math.min(bytes, BUFFER)];
    for (long left = bytes; left > 0; ) {
      int count = in.read(buffer, 0, (int) Math.min(left, buffer.length));
      if (count < 0) {
        throw new EOFException();
      }
      out.write(buffer, 0, count);
      out.flush();
      left -= count;
      progress.run();
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static void copyRest(InputStream in, OutputStream out, Runnable progress)
      throws IOException {
    byte[] buffer = new byte[BUFFER];
    for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
      out.write(buffer, 0, count);
      out.flush();
      progress.run();
    }
  }
}
