package dev.osmo.token.scim;

import dev.osmo.http.problem.Refusal;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A filter of RFC 7644, section 3.4.2.2, as far as directories use it to find one user. Without a
 * filter or with any other one, no users are listed.
 */
record UserSearch(Attribute attribute, String value) {

  /** What users are found by. */
  enum Attribute {
    USERNAME,
    EXTERNALID,
    ID
  }

  private static final int LONGEST = 1024;
  private static final Pattern ONE_USER =
      Pattern.compile(
          "\\s*(?<attribute>userName|externalId|id)\\s+eq\\s+\"(?<value>(?:[^\"\\\\]|\\\\[\"\\\\/])*)\"\\s*",
          Pattern.CASE_INSENSITIVE);
  private static final Refusal NO_FILTER =
      ScimProblem.TOO_MANY.because(
          "Users are not listed without a filter by userName or externalId.");
  private static final Refusal OTHER_FILTER =
      ScimProblem.INVALID_FILTER.because(
          "The supported filters are: userName eq \"…\", externalId eq \"…\" and id eq \"…\".");

  static UserSearch parse(@Nullable String filter) {
    if (filter == null || filter.isBlank()) {
      throw NO_FILTER.toException();
    }
    Matcher one = ONE_USER.matcher(filter);
    if (filter.length() > LONGEST || !one.matches()) {
      throw OTHER_FILTER.toException();
    }
    return new UserSearch(
        Attribute.valueOf(one.group("attribute").toUpperCase(Locale.ROOT)),
        one.group("value").replaceAll("\\\\(.)", "$1"));
  }
}
