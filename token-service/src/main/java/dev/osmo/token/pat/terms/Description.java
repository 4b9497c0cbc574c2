package dev.osmo.token.pat.terms;

import dev.osmo.token.problem.ProblemType;
import dev.osmo.token.problem.Refusal;
import java.text.Normalizer;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * What a token is for: at most 512 code points in NFC, nothing that could rearrange or blank a
 * terminal.
 */
public record Description(String text) {

  private static final int MAX = 512;

  /** The characters of Unicode's property Bidi_Control. */
  private static final BitSet TURNS_TEXT = new BitSet();

  static {
    TURNS_TEXT.set(0x061C);
    TURNS_TEXT.set(0x200E, 0x2010);
    TURNS_TEXT.set(0x202A, 0x202F);
    TURNS_TEXT.set(0x2066, 0x206A);
  }

  public Description {
    text = Normalizer.normalize(text, Normalizer.Form.NFC);
    int length = text.codePointCount(0, text.length());
    if (length > MAX) {
      throw refused(
          "A description has at most " + MAX + " characters; this one has " + length + ".");
    }
    if (text.codePoints().anyMatch(Description::deceives)) {
      throw refused("A description must not hold control or text-direction characters.");
    }
  }

  public static Description of(@Nullable String text) {
    return new Description(text == null ? "" : text);
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
    return new Refusal(ProblemType.INVALID_FIELD, detail).toException();
  }
}
