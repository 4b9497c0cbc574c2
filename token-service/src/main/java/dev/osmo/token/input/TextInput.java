package dev.osmo.token.input;

import dev.osmo.http.problem.Refusal;
import dev.osmo.token.problem.TokenProblem;
import java.text.Normalizer;
import java.util.BitSet;

/** Normalises free text to NFC and rejects characters that could hide or reorder other text. */
public final class TextInput {

  /** The characters of Unicode's property Bidi_Control. */
  private static final BitSet BIDI_CONTROLS = new BitSet();

  static {
    BIDI_CONTROLS.set(0x061C);
    BIDI_CONTROLS.set(0x200E, 0x2010);
    BIDI_CONTROLS.set(0x202A, 0x202F);
    BIDI_CONTROLS.set(0x2066, 0x206A);
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
      throw refused(what + " must not contain control or text-direction characters.");
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
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> BIDI_CONTROLS.get(character);
    };
  }

  private static RuntimeException refused(String detail) {
    return new Refusal(TokenProblem.INVALID_FIELD, detail).toException();
  }
}
