package dev.osmo.token.pat.listing;

import dev.osmo.token.input.WrittenTime;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A span of time that a filter asks for.
 *
 * @param after the first moment in it; null: open
 * @param before the first moment past it; null: open
 */
record Span(@Nullable String after, @Nullable String before) {

  static Span parse(String what, @Nullable String after, @Nullable String before) {
    return new Span(instant(what + "_after", after), instant(what + "_before", before));
  }

  /** As the database reads it. */
  private static @Nullable String instant(String parameter, @Nullable String text) {
    if (text == null) {
      return null;
    }
    Instant time = WrittenTime.parse(parameter, text);
    return time.toString();
  }
}
