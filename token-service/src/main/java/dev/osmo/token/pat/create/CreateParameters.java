package dev.osmo.token.pat.create;

import dev.osmo.token.input.QueryParameters;
import dev.osmo.token.input.TimeInput;
import dev.osmo.token.pat.rules.Description;
import dev.osmo.token.pat.rules.RequestedExpiry;
import dev.osmo.token.pat.rules.RequestedTrust;
import dev.osmo.token.pat.rules.TokenName;
import dev.osmo.token.pat.store.IdempotencyKey;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The query parameters of a creation. The body is empty. */
@SuppressWarnings("NullAway.Init")
public class CreateParameters {

  private static final Set<String> KNOWN =
      Set.of("expires_at", "expires_in", "renewable_until", "description", "roles", "trust");

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

  @QueryParam("trust")
  @Nullable String trust;

  @QueryParam("roles")
  List<String> roles;

  public CreationRequest forOwner(String ownerId) {
    QueryParameters.requireKnown(address, headers, KNOWN);
    QueryParameters.requireSingleValues(address);
    return new CreationRequest(
        ownerId,
        new TokenName(name),
        Description.of(description),
        RequestedExpiry.parse(expiresAt, expiresIn),
        Optional.ofNullable(renewableUntil).map(text -> TimeInput.parse("renewable_until", text)),
        RequestedRoles.of(roles),
        requestedTrust(),
        idempotency(ownerId));
  }

  /**
   * JAX-RS reads an empty parameter as none. It is rejected: the token would get a secret that
   * nobody wanted.
   */
  private Optional<RequestedTrust> requestedTrust() {
    return address.getQueryParameters().containsKey("trust")
        ? Optional.of(new RequestedTrust(Objects.requireNonNullElse(trust, "")))
        : Optional.empty();
  }

  /**
   * JAX-RS reads an empty header as none. It is a key that was lost on the way, so it is rejected.
   */
  private Optional<IdempotencyKey> idempotency(String ownerId) {
    List<String> keys =
        Optional.ofNullable(headers.getRequestHeader(IdempotencyKey.HEADER)).orElse(List.of());
    QueryParameters.requireAtMostOne(keys);
    return Optional.ofNullable(idempotencyKey)
        .or(() -> keys.stream().findFirst())
        .map(key -> IdempotencyKey.of(key, request(ownerId)));
  }

  /** The order of parameters and of roles does not matter. */
  private String request(String ownerId) {
    Map<String, Object> query = new TreeMap<>(address.getQueryParameters());
    query.put("roles", new TreeSet<>(roles));
    return ownerId + " " + name + " " + query;
  }
}
