package dev.osmo.token.input;

import dev.osmo.http.problem.Refusal;
import dev.osmo.token.problem.TokenProblem;
import java.text.Normalizer;
import java.util.BitSet;

/** Text for people: in NFC, and nothing in it that could rearrange or blank a terminal. */
public final class WrittenText {

  /** The characters of Unicode's property Bidi_Control. */
  private static final BitSet TURNS_TEXT = new BitSet();

  static {
    TURNS_TEXT.set(0x061C);
    TURNS_TEXT.set(0x200E, 0x2010);
    TURNS_TEXT.set(0x202A, 0x202F);
    TURNS_TEXT.set(0x2066, 0x206A);
  }

  private WrittenText() {}

  /**
   * Fails with a refusal.
   *
   * @param what begins the sentence that refuses, as in "A description"
   * @param most code points of the composed form
   */
  public static String demand(String what, String text, int most) {
    String composed = Normalizer.normalize(text, Normalizer.Form.NFC);
    int length = composed.codePointCount(0, composed.length());
    if (length > most) {
      throw refused(what + " has at most " + most + " characters; this one has " + length + ".");
    }
    if (composed.codePoints().anyMatch(WrittenText::deceives)) {
      throw refused(what + " must not hold control or text-direction characters.");
    }
    return composed;
  }

  /** For a sentence that repeats what somebody wrote where a name belongs. */
  public static String printable(String name) {
    return name.codePoints().allMatch(c -> c >= 0x20 && c < 0x7f)
        ? name
        : "(with characters beyond ASCII)";
  }

  private static boolean deceives(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> TURNS_TEXT.get(character);
    };
  }

  private static RuntimeException refused(String detail) {
    return new Refusal(TokenProblem.INVALID_FIELD, detail).toException();
  }
}
