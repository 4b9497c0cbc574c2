package dev.osmo.cli.output;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * Parses the times of a server. OSMO writes some of its fields in UTC without a zone and others
 * with one; fields of ours have one.
 */
public final class ServerTime {
  private ServerTime() {}

  /** Empty if the text is not a time. A space in place of the {@code T} is accepted. */
  public static Optional<Instant> parse(String text) {
    String iso = text.replace(' ', 'T');
    try {
      return Optional.of(
          iso.matches(".*(Z|[+-]\\d\\d:\\d\\d)")
              ? OffsetDateTime.parse(iso).toInstant()
              : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC));
    } catch (DateTimeException unknown) {
      return Optional.empty();
    }
  }
}
