package dev.osmo.token.input;

import dev.osmo.http.problem.HttpProblem;
import dev.osmo.http.problem.Refusal;
import dev.osmo.token.problem.TokenProblem;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Checks of a whole query string that JAX-RS does not do. JAX-RS reads an empty value as no value
 * and takes the first of several values. Both are rejected here: an unset variable in a script must
 * not mean "all roles" or "the default expiry".
 */
public final class QueryParameters {

  private static final Pattern EMPTY =
      Pattern.compile(
          "(?:^|&)(roles|expires_at|expires_in|renewable_until|grace|owner|state|limit|cursor|unused_for|user_id|actor|pat_id|jti|action|overrule_directory|after|before|(?:created|expires|last_used)_(?:after|before))=?(?=&|$)");
  private static final Set<String> LISTS = Set.of("roles", "owner", "state");
  private static final Refusal REPEATED =
      new Refusal(
          TokenProblem.INVALID_FIELD,
          "A query parameter or the header Idempotency-Key is repeated: give it one value.");
  private static final Refusal BODY =
      new Refusal(
          HttpProblem.MALFORMED_REQUEST,
          "The body of this request must be empty. Send query parameters instead.");

  private QueryParameters() {}

  /** Rejects empty values, and repeated parameters that are not lists. */
  public static void requireSingleValues(UriInfo address) {
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
        .forEach((name, values) -> requireAtMostOne(LISTS.contains(name) ? List.of() : values));
  }

  public static void requireAtMostOne(List<String> values) {
    if (values.size() > 1) {
      throw REPEATED.toException();
    }
  }

  /**
   * Rejects unknown parameters and a body, for requests that create a secret: {@code role=} instead
   * of {@code roles=}, or roles in an unread body, would otherwise create a token with all roles.
   */
  public static void requireKnown(UriInfo address, HttpHeaders headers, Set<String> known) {
    requireKnown(address, known);
    if (headers.getLength() > 0) {
      throw BODY.toException();
    }
  }

  /** Rejects unknown parameters: {@code ower=} instead of {@code owner=} would list everything. */
  public static void requireKnown(UriInfo address, Set<String> known) {
    Set<String> unknown = new TreeSet<>(address.getQueryParameters().keySet());
    unknown.removeAll(known);
    if (!unknown.isEmpty()) {
      throw new Refusal(
              TokenProblem.INVALID_FIELD,
              "Unknown parameter "
                  + TextInput.printable(unknown.iterator().next())
                  + ". Known parameters: "
                  + String.join(", ", new TreeSet<>(known))
                  + ".")
          .toException();
    }
  }
}
