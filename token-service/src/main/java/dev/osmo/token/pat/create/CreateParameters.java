package dev.osmo.token.pat.create;

import dev.osmo.token.pat.replay.IdempotencyKey;
import dev.osmo.token.pat.terms.Description;
import dev.osmo.token.pat.terms.RequestedExpiry;
import dev.osmo.token.pat.terms.TokenName;
import dev.osmo.token.written.GivenOnce;
import dev.osmo.token.written.WrittenTime;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The parameters of a creation as they stand in its address. The body is empty. */
@SuppressWarnings("NullAway.Init")
public class CreateParameters {

  @Context UriInfo address;

  @Context HttpHeaders headers;

  @HeaderParam(IdempotencyKey.HEADER)
  @Nullable String idempotencyKey;

  @PathParam("token_name")
  String name;

  @QueryParam("expires_at")
  @Nullable String expiresAt;

  @QueryParam("expires_in")
  @Nullable String expiresIn;

  @QueryParam("renewable_until")
  @Nullable String renewableUntil;

  @QueryParam("description")
  @Nullable String description;

  @QueryParam("roles")
  List<String> roles;

  public NewToken forOwner(String ownerId) {
    GivenOnce.demand(address);
    return new NewToken(
        ownerId,
        new TokenName(name),
        Description.of(description),
        RequestedExpiry.parse(expiresAt, expiresIn),
        Optional.ofNullable(renewableUntil).map(text -> WrittenTime.parse("renewable_until", text)),
        RoleChoice.of(roles),
        idempotency(ownerId));
  }

  private Optional<IdempotencyKey> idempotency(String ownerId) {
    Optional.ofNullable(headers.getRequestHeader(IdempotencyKey.HEADER))
        .ifPresent(GivenOnce::demandOne);
    return Optional.ofNullable(idempotencyKey).map(key -> IdempotencyKey.of(key, request(ownerId)));
  }

  /** The order of parameters does not make another request. */
  private String request(String ownerId) {
    return ownerId + " " + name + " " + new TreeMap<>(address.getQueryParameters());
  }
}
