package dev.osmo.pat;

import java.util.random.RandomGenerator;

/**
 * The permanent id of an access token: {@code pat_} and 22 base62 characters. Not a secret.
 *
 * @param value the whole id
 */
public record PatId(String value) {

  private static final String PREFIX = "pat_";
  private static final int RANDOM_LENGTH = 22;
  private static final int LENGTH = PREFIX.length() + RANDOM_LENGTH;

  public PatId {
    if (value.length() != LENGTH
        || !value.startsWith(PREFIX)
        || !Base62.areDigits(value, PREFIX.length())) {
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
