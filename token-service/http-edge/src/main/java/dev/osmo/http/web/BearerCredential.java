package dev.osmo.http.web;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The credential of {@code Authorization: Bearer} (RFC 6750, section 2.1): untrusted, masked. */
public record BearerCredential(String text) {

  private static final int MAX_LENGTH = 8192;
  private static final String SCHEME = "bearer ";
  private static final Pattern ACCESS_TOKEN = Pattern.compile("osmo_[0-9A-Za-z]{34}");

  /** The credential of exactly one such header; empty for none and for several. */
  public static Optional<BearerCredential> of(@Nullable List<String> headers) {
    return headers != null && headers.size() == 1 && isBearer(headers.getFirst())
        ? Optional.of(new BearerCredential(headers.getFirst().substring(SCHEME.length()).strip()))
        : Optional.empty();
  }

  private static boolean isBearer(String header) {
    return header.length() > SCHEME.length()
        && header.substring(0, SCHEME.length()).toLowerCase(Locale.ROOT).equals(SCHEME);
  }

  /** Whether the text has the shape of an access token, with or without a correct checksum. */
  public boolean isAccessToken() {
    return ACCESS_TOKEN.matcher(text).matches();
  }

  public boolean isTooLong() {
    return text.length() > MAX_LENGTH;
  }

  @Override
  public String toString() {
    return "BearerCredential[***]";
  }
}
