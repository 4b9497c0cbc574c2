package dev.osmo.cli.scan;

import dev.osmo.pat.PatText;
import dev.osmo.pat.TokenText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * Finds access tokens in a byte stream by their pattern {@code \bosmo_[0-9A-Za-z]{34}\b} and
 * checksum, so that examples are not reported, and refresh tokens by their prefix and length. The
 * stream may be UTF-16, and tokens may be encoded in base64. Guarantees: memory use does not depend
 * on the length of the stream; a token across two blocks is found; each occurrence is reported
 * once.
 */
public final class TokenFinder {
  /** Is notified of each token, in order. */
  public interface Listener {
    /**
     * Receives a token.
     *
     * @param line from 1
     * @param column from 1, in code points if the text is UTF-8
     */
    void found(long line, long column, TokenText token);
  }

  private static final int BLOCK = 1024 * 1024;
  private static final byte[] PREFIX = PatText.PREFIX.getBytes(StandardCharsets.US_ASCII);
  private static final int LENGTH = PatText.LENGTH;

  /** A token with the byte before and the byte after it. */
  private static final int WINDOW = LENGTH + 2;

  private final byte[] block;

  public TokenFinder() {
    this(BLOCK);
  }

  /**
   * @param blockSize bytes to search at once; larger than a token and its neighbours
   */
  TokenFinder(int blockSize) {
    block = new byte[Math.max(blockSize, 2 * WINDOW)];
  }

  /** Reads the stream to its end. */
  public void find(InputStream stream, Listener listener) throws IOException {
    InputStream in = TextBytes.of(TextBytes.buffered(stream));
    Base64Tokens encoded = new Base64Tokens(listener);
    PlainRefreshTokens refreshTokens = new PlainRefreshTokens(listener);
    Position position = new Position();
    // The stream starts at a word boundary, as after a space.
    block[0] = ' ';
    int filled = 1;
    int next = 1;
    boolean ended = false;
    while (!ended) {
      int read = in.readNBytes(block, filled, block.length - filled);
      filled += read;
      ended = filled < block.length;
      int end = ended ? filled : filled - LENGTH;
      next = search(next, end, filled, position, encoded, refreshTokens, listener);
      int kept = filled - next + 1;
      System.arraycopy(block, next - 1, block, 0, kept);
      filled = kept;
      next = 1;
    }
    encoded.end();
    refreshTokens.end();
  }

  /** Searches every start before {@code end}; returns the first position not searched. */
  private int search(
      int from,
      int end,
      int filled,
      Position position,
      Base64Tokens encoded,
      PlainRefreshTokens refreshTokens,
      Listener listener) {
    for (int i = from; i < end; i++) {
      byte current = block[i];
      if (current == 'o' && isToken(i, filled)) {
        long line = position.line;
        long column = position.column;
        PatText.parse(new String(block, i, LENGTH, StandardCharsets.US_ASCII))
            .ifPresent(token -> listener.found(line, column, token));
      }
      encoded.next(current, position.line, position.column);
      refreshTokens.next(current, position.line, position.column);
      position.pass(current);
    }
    return Math.max(from, end);
  }

  private boolean isToken(int start, int filled) {
    if (start + LENGTH > filled || isWord(block[start - 1])) {
      return false;
    }
    for (int i = 0; i < PREFIX.length; i++) {
      if (block[start + i] != PREFIX[i]) {
        return false;
      }
    }
    return start + LENGTH == filled || !isWord(block[start + LENGTH]);
  }

  private static boolean isWord(byte letter) {
    return (letter >= '0' && letter <= '9')
        || (letter >= 'A' && letter <= 'Z')
        || (letter >= 'a' && letter <= 'z')
        || letter == '_';
  }

  private static final class Position {
    /** The bytes of a UTF-8 character after its first: 10xxxxxx. */
    private static final int CONTINUATION = 0x80;

    private static final int CONTINUATION_MASK = 0xC0;

    private long line = 1;
    private long column = 1;

    void pass(byte passed) {
      if (passed == '\n') {
        line++;
        column = 1;
      } else if ((passed & CONTINUATION_MASK) != CONTINUATION) {
        column++;
      }
    }
  }
}
