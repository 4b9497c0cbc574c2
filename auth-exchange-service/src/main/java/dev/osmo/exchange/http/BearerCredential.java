package dev.osmo.exchange.http;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What stood behind {@code Authorization: Bearer} (RFC 6750, section 2.1): untrusted, masked. */
public record BearerCredential(String text) {

  private static final String SCHEME = "bearer ";

  /** The credential of exactly one header of that kind; of none or several, nothing. */
  public static Optional<BearerCredential> of(@Nullable List<String> headers) {
    return headers != null && headers.size() == 1 && isBearer(headers.getFirst())
        ? Optional.of(new BearerCredential(headers.getFirst().substring(SCHEME.length()).strip()))
        : Optional.empty();
  }

  private static boolean isBearer(String header) {
    return header.length() > SCHEME.length()
        && header.substring(0, SCHEME.length()).toLowerCase(Locale.ROOT).equals(SCHEME);
  }

  @Override
  public String toString() {
    return "bearer …";
  }
}
