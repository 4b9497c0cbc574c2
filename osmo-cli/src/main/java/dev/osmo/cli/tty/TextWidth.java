package dev.osmo.cli.tty;

/**
 * The width of a text in terminal cells: two for East Asian wide characters and emoji, none for
 * combining marks (Unicode Standard Annex #11). Terminals differ in rare cases, which only affects
 * the alignment.
 */
public final class TextWidth {
  private static final String ELLIPSIS = "…";

  /** First and last code point of each range of wide characters other than emoji. */
  private static final int[] WIDE = {
    0x1100, 0x115F, 0x2329, 0x232A, 0x2E80, 0x303E, 0x3041, 0x4DBF, 0x4E00, 0xA4CF, 0xA960, 0xA97C,
    0xAC00, 0xD7A3, 0xF900, 0xFAFF, 0xFE10, 0xFE19, 0xFE30, 0xFE6B, 0xFF01, 0xFF60, 0xFFE0, 0xFFE6,
    0x16FE0, 0x18DFF, 0x1AFF0, 0x1B2FB, 0x1F200, 0x1F265, 0x20000, 0x3FFFD
  };

  /** Hangul vowels and finals, which combine with the preceding syllable. */
  private static final int[] JOINING = {0x1160, 0x11FF, 0xD7B0, 0xD7FF};

  private TextWidth() {}

  public static int of(String text) {
    return text.codePoints().map(TextWidth::of).sum();
  }

  /** The text if it fits, else its start and an ellipsis. */
  public static String truncate(String text, int width) {
    if (of(text) <= width) {
      return text;
    }
    StringBuilder head = new StringBuilder();
    int left = width - of(ELLIPSIS);
    for (int point : text.codePoints().toArray()) {
      left -= of(point);
      if (left < 0) {
        break;
      }
      head.appendCodePoint(point);
    }
    return head + ELLIPSIS;
  }

  private static int of(int point) {
    return switch (Character.getType(point)) {
      case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> 0;
      default -> isIn(JOINING, point) ? 0 : isWide(point) ? 2 : 1;
    };
  }

  private static boolean isWide(int point) {
    return isIn(WIDE, point) || Character.isEmojiPresentation(point);
  }

  private static boolean isIn(int[] runs, int point) {
    for (int i = 0; i < runs.length && runs[i] <= point; i += 2) {
      if (point <= runs[i + 1]) {
        return true;
      }
    }
    return false;
  }
}
