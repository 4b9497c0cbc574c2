package dev.osmo.token.input;

import dev.osmo.http.problem.Refusal;
import dev.osmo.token.problem.TokenProblem;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parameters that are there have a value, and one. The framework takes an empty value for none and
 * the first of several; an unset variable in a script must not mean "all roles" or "the default",
 * and nobody is to wonder which of two ends was meant.
 */
public final class GivenOnce {

  private static final Pattern EMPTY =
      Pattern.compile(
          "(?:^|&)(roles|expires_at|expires_in|renewable_until|grace|owner|state|limit|cursor|unused_for|user_id|actor|pat_id|jti|action|after|before|(?:created|expires|last_used)_(?:after|before))=?(?=&|$)");
  private static final Set<String> LISTS = Set.of("roles", "owner", "state");
  private static final Refusal REPEATED =
      new Refusal(
          TokenProblem.INVALID_FIELD,
          "A parameter or the header Idempotency-Key is given more than once: give it one value.");

  private GivenOnce() {}

  public static void demand(UriInfo address) {
    String query = address.getRequestUri().getRawQuery();
    Matcher empty = EMPTY.matcher(query == null ? "" : query);
    if (empty.find()) {
      throw new Refusal(
              TokenProblem.INVALID_FIELD,
              "The parameter " + empty.group(1) + " is empty: give it a value or leave it out.")
          .toException();
    }
    address
        .getQueryParameters()
        .forEach((name, values) -> requireOne(LISTS.contains(name) ? List.of() : values));
  }

  /** None is fine, too. */
  public static void requireOne(List<String> values) {
    if (values.size() > 1) {
      throw REPEATED.toException();
    }
  }
}
