package dev.osmo.token.input;

import dev.osmo.http.problem.HttpProblem;
import dev.osmo.http.problem.Refusal;
import dev.osmo.token.problem.TokenProblem;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.UriInfo;
import java.util.Set;
import java.util.TreeSet;

/**
 * Where a secret is made, nothing that a caller asks for is passed over: {@code role=} for {@code
 * roles=}, or roles in a body that nobody reads, would give a token all roles.
 */
public final class OnlyKnown {

  private static final Refusal BODY =
      new Refusal(
          HttpProblem.MALFORMED_REQUEST,
          "The body of this request must be empty: what you ask for stands in the address.");

  private OnlyKnown() {}

  public static void demand(UriInfo address, HttpHeaders headers, Set<String> known) {
    Set<String> unknown = new TreeSet<>(address.getQueryParameters().keySet());
    unknown.removeAll(known);
    if (!unknown.isEmpty()) {
      throw new Refusal(
              TokenProblem.INVALID_FIELD,
              "The parameter "
                  + WrittenText.printable(unknown.iterator().next())
                  + " is not known here; known are: "
                  + String.join(", ", new TreeSet<>(known))
                  + ".")
          .toException();
    }
    if (headers.getLength() > 0) {
      throw BODY.toException();
    }
  }
}
