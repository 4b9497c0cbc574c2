package dev.osmo.token.written;

import dev.osmo.token.problem.ProblemType;
import dev.osmo.token.problem.Refusal;
import jakarta.ws.rs.core.UriInfo;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The framework takes an empty value for none; an unset variable in a script must not mean "all
 * roles" or "the default".
 */
public final class EmptyValues {

  private static final Pattern EMPTY =
      Pattern.compile(
          "(?:^|&)(roles|expires_at|expires_in|renewable_until|grace|owner|state|limit|cursor|unused_for|(?:created|expires|last_used)_(?:after|before))=?(?=&|$)");

  private EmptyValues() {}

  public static void refuse(UriInfo address) {
    String query = address.getRequestUri().getRawQuery();
    Matcher empty = EMPTY.matcher(query == null ? "" : query);
    if (empty.find()) {
      throw new Refusal(
              ProblemType.INVALID_FIELD,
              "The parameter " + empty.group(1) + " is empty: give it a value or leave it out.")
          .toException();
    }
  }
}
