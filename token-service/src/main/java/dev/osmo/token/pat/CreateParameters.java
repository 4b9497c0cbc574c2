package dev.osmo.token.pat;

import dev.osmo.token.problem.ProblemType;
import dev.osmo.token.problem.Refusal;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The parameters of a creation as they stand in its address. The body is empty. */
@SuppressWarnings("NullAway.Init")
class CreateParameters {

  private static final Pattern EMPTY = Pattern.compile("(?:^|&)(roles|expires_at)=?(?=&|$)");

  @Context UriInfo address;

  @PathParam("token_name")
  String name;

  @QueryParam("expires_at")
  @Nullable String expiresAt;

  @QueryParam("description")
  @Nullable String description;

  @QueryParam("roles")
  List<String> roles;

  NewToken forOwner(String ownerId) {
    refuseEmptyValues();
    return new NewToken(
        ownerId,
        new TokenName(name),
        Description.of(description),
        RequestedExpiry.parse(expiresAt),
        RoleChoice.of(roles));
  }

  /**
   * The framework takes an empty value for none; an unset variable in a script must not mean "all
   * roles".
   */
  private void refuseEmptyValues() {
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
