package dev.osmo.token.pat;

import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The parameters of a creation as they stand in its address. The body is empty. */
@SuppressWarnings("NullAway.Init")
class CreateParameters {

  @PathParam("token_name")
  String name;

  @QueryParam("expires_at")
  @Nullable String expiresAt;

  @QueryParam("description")
  @Nullable String description;

  @QueryParam("roles")
  List<String> roles;

  NewToken forOwner(String ownerId) {
    return new NewToken(
        ownerId,
        new TokenName(name),
        Description.of(description),
        RequestedExpiry.parse(expiresAt),
        RoleChoice.of(roles));
  }
}
