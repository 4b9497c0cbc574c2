package dev.osmo.cli.signin;

import static org.assertj.core.api.Assertions.assertThat;

import io.nayuki.qrcodegen.QrCode;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class QrPictureTest {
  private static final String TEXT = "https://provider.example.com/device?user_code=WDJB-MJHT";

  @Test
  void the_characters_show_the_modules_of_the_code() {
    QrCode code = QrCode.encodeText(TEXT, QrCode.Ecc.LOW);

    List<String> lines = QrPicture.of(TEXT, OptionalInt.empty());

    for (int y = 0; y < code.size; y++) {
      for (int x = 0; x < code.size; x++) {
        char block = lines.get((y + 2) / 2).charAt(x + 2);
        String light = (y + 2) % 2 == 0 ? "█▀" : "█▄";
        assertThat(light.indexOf(block) < 0).as("%d, %d", x, y).isEqualTo(code.getModule(x, y));
      }
    }
  }

  @Test
  void the_margin_is_light() {
    List<String> lines = QrPicture.of(TEXT, OptionalInt.empty());

    assertThat(lines.getFirst()).matches("█+");
    assertThat(lines).allMatch(line -> line.startsWith("█") || line.startsWith("▀"));
  }

  @Test
  void a_picture_that_does_not_fit_is_not_shown() {
    assertThat(QrPicture.of(TEXT, OptionalInt.of(20))).isEmpty();
    assertThat(QrPicture.of("x".repeat(5000), OptionalInt.empty())).isEmpty();
  }
}
