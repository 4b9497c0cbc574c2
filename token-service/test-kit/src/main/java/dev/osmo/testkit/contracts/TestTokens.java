package dev.osmo.testkit.contracts;

import dev.osmo.pat.Lookup;
import dev.osmo.pat.PatText;
import dev.osmo.pat.Peppers;
import java.security.SecureRandom;
import java.util.random.RandomGenerator;

/** Well-formed token texts, generated while a test runs: the sources contain no complete token. */
public final class TestTokens {

  private static final String DIGITS =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final SecureRandom RANDOM = new SecureRandom();

  private TestTokens() {}

  public static String random() {
    return PatText.random(RANDOM).text();
  }

  /** The token whose 28 random characters are all this one. */
  public static String of(char digit) {
    return PatText.random(new Constant(DIGITS.indexOf(digit))).text();
  }

  /** The lookup under the pepper of the token vectors that is marked for new secrets. */
  public static byte[] lookup(String token) {
    Lookup lookup = Peppers.parse(Contracts.pepperFile()).minting().lookupOf(new PatText(token));
    return lookup.bytes();
  }

  private record Constant(int value) implements RandomGenerator {

    @Override
    public long nextLong() {
      return value;
    }

    @Override
    public int nextInt(int bound) {
      return value;
    }
  }
}
