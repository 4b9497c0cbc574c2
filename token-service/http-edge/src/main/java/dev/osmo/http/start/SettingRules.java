package dev.osmo.http.start;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;

/**
 * Checks settings at startup, before a bean uses them. Each check throws a {@link StartRefused}
 * that names the setting, its value and what it must be.
 *
 * @param prefix the first part of every setting's name
 */
public record SettingRules(String prefix) {

  private static final Duration SHORTEST = Duration.ofMillis(1);

  /**
   * Fails if the value of a setting is not allowed.
   *
   * @param must completes the sentence "SETTING is VALUE and must be …", without the full stop
   */
  public void require(boolean condition, String setting, Object value, String must) {
    if (!condition) {
      throw new StartRefused("%s.%s is %s and must be %s.".formatted(prefix, setting, value, must));
    }
  }

  public void requireAtLeastOne(String setting, int count) {
    require(count >= 1, setting, count, "at least 1");
  }

  public void requirePositive(String setting, Duration time) {
    require(time.compareTo(SHORTEST) >= 0, setting, time, "longer than zero");
  }

  public void requireAtLeast(String setting, Duration time, Duration limit, String must) {
    require(time.compareTo(limit) >= 0, setting, time, must);
  }

  public void requireAtMost(String setting, Duration time, Duration limit, String must) {
    require(time.compareTo(limit) <= 0, setting, time, must);
  }

  public void requireBetween(String setting, Duration time, Duration shortest, Duration longest) {
    require(
        time.compareTo(shortest) >= 0 && time.compareTo(longest) <= 0,
        setting,
        time,
        "between %s and %s".formatted(shortest, longest));
  }

  /**
   * Requires an issuer as in RFC 8414, section 2; http is for local use. Issuers are compared
   * character by character, and clients append paths, so a slash at the end is refused.
   */
  public void requireIssuer(String setting, String value) {
    requirePublicAddress(setting, value);
    require(!value.endsWith("/"), setting, value, "without a slash at the end");
  }

  /** Requires an address of a server; http is for local use. */
  public void requirePublicAddress(String setting, String value) {
    require(
        isPublicAddress(value),
        setting,
        value,
        "an http or https address without query and fragment");
  }

  private static boolean isPublicAddress(String text) {
    try {
      URI address = new URI(text);
      return ("https".equals(address.getScheme()) || "http".equals(address.getScheme()))
          && address.getHost() != null
          && address.getRawUserInfo() == null
          && address.getRawQuery() == null
          && address.getRawFragment() == null;
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
