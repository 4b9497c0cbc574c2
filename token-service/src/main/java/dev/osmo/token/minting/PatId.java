package dev.osmo.token.minting;

import com.fasterxml.jackson.annotation.JsonValue;
import java.security.SecureRandom;
import java.util.regex.Pattern;

/** Names a token for good: {@code pat_} and 22 base62 characters. Not a secret. */
public record PatId(@JsonValue String value) {

  private static final Pattern SHAPE = Pattern.compile("pat_[0-9A-Za-z]{22}");

  public PatId {
    if (!SHAPE.matcher(value).matches()) {
      throw new IllegalArgumentException("not a token id");
    }
  }

  static PatId random(SecureRandom source) {
    return new PatId("pat_" + Base62.random(source, 22));
  }

  @Override
  public String toString() {
    return value;
  }
}
