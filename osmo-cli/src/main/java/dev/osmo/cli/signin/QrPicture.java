package dev.osmo.cli.signin;

import io.nayuki.qrcodegen.DataTooLongException;
import io.nayuki.qrcodegen.QrCode;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * A QR code of block characters. Each character shows two modules, one above the other. Light
 * modules are drawn, because most terminals are dark; readers accept the opposite as well.
 */
final class QrPicture {
  /** QR readers need a light margin. The specification says 4, readers accept 2. */
  private static final int MARGIN = 2;

  private QrPicture() {}

  /** Returns the lines; none if the picture is wider than the terminal or the text is too long. */
  static List<String> of(String text, OptionalInt columns) {
    try {
      QrCode code = QrCode.encodeText(text, QrCode.Ecc.LOW);
      return code.size + 2 * MARGIN > columns.orElse(Integer.MAX_VALUE) ? List.of() : lines(code);
    } catch (DataTooLongException tooLong) {
      return List.of();
    }
  }

  private static List<String> lines(QrCode code) {
    List<String> lines = new ArrayList<>();
    for (int y = -MARGIN; y < code.size + MARGIN; y += 2) {
      StringBuilder line = new StringBuilder();
      for (int x = -MARGIN; x < code.size + MARGIN; x++) {
        line.append(block(isLight(code, x, y), isLight(code, x, y + 1)));
      }
      lines.add(line.toString());
    }
    return lines;
  }

  /** Below the margin, nothing is drawn. */
  private static boolean isLight(QrCode code, int x, int y) {
    return y < code.size + MARGIN && !code.getModule(x, y);
  }

  private static char block(boolean above, boolean below) {
    if (above) {
      return below ? '█' : '▀';
    }
    return below ? '▄' : ' ';
  }
}
