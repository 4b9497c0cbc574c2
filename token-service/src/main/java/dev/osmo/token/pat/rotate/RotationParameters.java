package dev.osmo.token.pat.rotate;

import dev.osmo.token.caller.CallerIdentity;
import dev.osmo.token.input.QueryParameters;
import dev.osmo.token.pat.rules.RequestedExpiry;
import dev.osmo.token.pat.store.TokenAddress;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.UriInfo;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The query parameters of a rotation. The body is empty. */
@SuppressWarnings("NullAway.Init")
public class RotationParameters {

  private static final Set<String> KNOWN = Set.of("grace", "expires_at", "expires_in");

  @Context UriInfo address;

  @Context HttpHeaders headers;

  @PathParam("token_name")
  String name;

  @QueryParam("grace")
  @Nullable String grace;

  @QueryParam("expires_at")
  @Nullable String expiresAt;

  @QueryParam("expires_in")
  @Nullable String expiresIn;

  public RotationRequest forOwner(String ownerId, CallerIdentity caller) {
    QueryParameters.requireKnown(address, headers, KNOWN);
    QueryParameters.requireSingleValues(address);
    return new RotationRequest(
        ownerId,
        TokenAddress.of(name, caller),
        RequestedGrace.parse(grace),
        RequestedExpiry.parse(expiresAt, expiresIn));
  }
}
