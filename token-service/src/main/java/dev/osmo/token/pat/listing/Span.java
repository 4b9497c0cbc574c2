package dev.osmo.token.pat.listing;

import dev.osmo.token.input.TimeInput;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A time span of a filter.
 *
 * @param after inclusive; null: open
 * @param before exclusive; null: open
 */
record Span(@Nullable String after, @Nullable String before) {

  static Span parse(String what, @Nullable String after, @Nullable String before) {
    return new Span(instant(what + "_after", after), instant(what + "_before", before));
  }

  boolean isOpen() {
    return after == null && before == null;
  }

  /** As text for the database. */
  private static @Nullable String instant(String parameter, @Nullable String text) {
    if (text == null) {
      return null;
    }
    Instant time = TimeInput.parse(parameter, text);
    return time.toString();
  }
}
