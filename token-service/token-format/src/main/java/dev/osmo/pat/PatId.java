package dev.osmo.pat;

import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * The permanent id of an access token: {@code pat_} and 22 base62 characters. Not a secret.
 *
 * @param value the whole id
 */
public record PatId(String value) {

  private static final String PREFIX = "pat_";
  private static final int RANDOM_LENGTH = 22;
  private static final Pattern SHAPE = Pattern.compile(PREFIX + "[0-9A-Za-z]{22}");

  public PatId {
    if (!SHAPE.matcher(value).matches()) {
      throw new IllegalArgumentException("not an access token id");
    }
  }

  public static PatId random(RandomGenerator source) {
    return new PatId(PREFIX + Base62.random(source, RANDOM_LENGTH));
  }

  @Override
  public String toString() {
    return value;
  }
}
