package dev.osmo.token.paging;

import dev.osmo.http.problem.Refusal;
import dev.osmo.token.input.TimeInput;
import dev.osmo.token.problem.TokenProblem;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;

/** The sort key of a page's last row. Opaque to clients, but not secret. */
public record Cursor(List<String> key) {

  private static final String SEPARATOR = "\n";
  private static final int LONGEST = 1024;

  public Cursor {
    key = List.copyOf(key);
  }

  public static Cursor of(String... key) {
    return new Cursor(List.of(key));
  }

  /** Fails with a refusal if the text does not contain exactly this number of key parts. */
  static Cursor parse(String text, int parts) {
    if (text.length() <= LONGEST) {
      List<String> key = List.of(decode(text).split(SEPARATOR, -1));
      if (key.size() == parts) {
        return new Cursor(key);
      }
    }
    throw notOurs().toException();
  }

  String part(int index) {
    return key.get(index);
  }

  /** Fails with a refusal, before the database reads it, if a key part is not an instant. */
  public void requireInstant(int index) {
    try {
      TimeInput.requireInRange(Instant.parse(part(index)));
    } catch (DateTimeException e) {
      throw notOurs().toException();
    }
  }

  /** The refusal of a cursor that this list did not issue. */
  public static Refusal notOurs() {
    return new Refusal(
        TokenProblem.INVALID_FIELD,
        "The parameter cursor must come from the Link header of this list.");
  }

  String text() {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(String.join(SEPARATOR, key).getBytes(StandardCharsets.UTF_8));
  }

  private static String decode(String text) {
    try {
      return new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw notOurs().toException();
    }
  }
}
