package dev.osmo.token.migrate;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was created before this time is revoked.
 *
 * @param time null if nothing was lost, so that nothing is revoked
 */
record RevokeBefore(@Nullable Instant time) {

  private static final String NOTHING = "none";

  /** The first argument: a time of RFC 3339, or {@code none}. */
  static RevokeBefore read(List<String> arguments) throws MigrationRefused {
    String text = arguments.getFirst();
    if (text.equals(NOTHING)) {
      return new RevokeBefore(null);
    }
    try {
      return new RevokeBefore(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException e) {
      throw new MigrationRefused(
          "'%s' is not a time. Write it with its zone, as in 2026-11-30T16:00:00Z, or write none to revoke nothing."
              .formatted(text));
    }
  }

  /** A typing error would otherwise revoke what is created in the future, too. */
  void requireNotAfter(Instant now) throws MigrationRefused {
    if (time != null && time.isAfter(now)) {
      throw new MigrationRefused(
          "%s is in the future: the database's time is %s. Nothing was changed."
              .formatted(time, now));
    }
  }
}
