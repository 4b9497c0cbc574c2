package dev.osmo.token.input;

import dev.osmo.http.problem.Refusal;
import dev.osmo.token.problem.TokenProblem;
import java.text.Normalizer;
import java.util.BitSet;

/**
 * Normalises free text to NFC and rejects characters that could hide or reorder other text, or that
 * are not displayed.
 */
public final class TextInput {

  /**
   * Unicode's property Default_Ignorable_Code_Point outside the category Cf: characters that are
   * not displayed. The two variation selectors of emoji are not in it.
   */
  private static final BitSet IGNORABLE = new BitSet();

  static {
    IGNORABLE.set(0x034F);
    IGNORABLE.set(0x115F, 0x1161);
    IGNORABLE.set(0x17B4, 0x17B6);
    IGNORABLE.set(0x180B, 0x1810);
    IGNORABLE.set(0x2065);
    IGNORABLE.set(0x3164);
    IGNORABLE.set(0xFE00, 0xFE0E);
    IGNORABLE.set(0xFFA0);
    IGNORABLE.set(0xFFF0, 0xFFF9);
    IGNORABLE.set(0xE0000, 0xE1000);
  }

  private TextInput() {}

  /**
   * Returns the text in NFC, or fails with a refusal.
   *
   * @param what the subject of the refusal's sentence, as in "A description"
   * @param most the longest length, in code points of the NFC form
   */
  public static String require(String what, String text, int most) {
    String composed = Normalizer.normalize(text, Normalizer.Form.NFC);
    int length = composed.codePointCount(0, composed.length());
    if (length > most) {
      throw refused(what + " can have at most " + most + " characters, not " + length + ".");
    }
    if (composed.codePoints().anyMatch(TextInput::isUnsafe)) {
      throw refused(what + " must not contain control, text-direction or invisible characters.");
    }
    return composed;
  }

  /** Returns the name for use in a message; masks names that are not printable ASCII. */
  public static String printable(String name) {
    return name.codePoints().allMatch(c -> c >= 0x20 && c < 0x7f) ? name : "(not printable ASCII)";
  }

  private static boolean isUnsafe(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> IGNORABLE.get(character);
    };
  }

  private static RuntimeException refused(String detail) {
    return new Refusal(TokenProblem.INVALID_FIELD, detail).toException();
  }
}
