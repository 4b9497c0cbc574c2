package dev.osmo.token.paging;

import dev.osmo.http.problem.Refusal;
import dev.osmo.token.problem.TokenProblem;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** The sort key of the last row that was shown. Opaque to clients, and no secret. */
public record Cursor(List<String> key) {

  private static final String SEPARATOR = "\n";
  private static final int LONGEST = 1024;

  public Cursor {
    key = List.copyOf(key);
  }

  public static Cursor of(String... key) {
    return new Cursor(List.of(key));
  }

  /** Fails with a refusal when it has another number of parts. */
  static Cursor parse(String text, int parts) {
    if (text.length() <= LONGEST) {
      List<String> key = List.of(decode(text).split(SEPARATOR, -1));
      if (key.size() == parts) {
        return new Cursor(key);
      }
    }
    throw foreign().toException();
  }

  public String part(int index) {
    return key.get(index);
  }

  /** For a part that turns out not to be what we wrote. */
  public static Refusal foreign() {
    return new Refusal(
        TokenProblem.INVALID_FIELD,
        "The parameter cursor must be one that the Link header of this list gave.");
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
      throw foreign().toException();
    }
  }
}
