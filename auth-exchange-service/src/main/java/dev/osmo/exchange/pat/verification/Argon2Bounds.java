package dev.osmo.exchange.pat.verification;

import dev.osmo.exchange.settings.AuthExchangeConfig.Verification;
import dev.osmo.pat.Phc;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The Argon2 parameters that this service accepts in a stored hash. The hash names its own cost, so
 * a row that was tampered with could otherwise exhaust memory or processors, or make guessing
 * cheap.
 */
record Argon2Bounds(int minMemoryKib, int maxMemoryKib, int minIterations, int maxIterations) {

  /** Version 19, one lane, a salt of 8 to 48 bytes and a hash of 16 to 64 bytes. */
  private static final Pattern PHC =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=(?<memory>[1-9][0-9]{0,8}),t=(?<iterations>[1-9][0-9]{0,8}),p=1"
              + "\\$[A-Za-z0-9+/]{11,64}\\$[A-Za-z0-9+/]{22,86}");

  static Argon2Bounds of(Verification settings) {
    return new Argon2Bounds(
        settings.minMemoryKib(),
        settings.maxMemoryKib(),
        settings.minIterations(),
        settings.maxIterations());
  }

  /** Decides by the text alone. A text of another form is not accepted. */
  boolean accept(Phc phc) {
    Matcher read = PHC.matcher(phc.text());
    return read.matches()
        && isWithin(read.group("memory"), minMemoryKib, maxMemoryKib)
        && isWithin(read.group("iterations"), minIterations, maxIterations);
  }

  private static boolean isWithin(String number, int least, int most) {
    int value = Integer.parseInt(number);
    return least <= value && value <= most;
  }
}
