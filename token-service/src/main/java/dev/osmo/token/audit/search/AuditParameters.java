package dev.osmo.token.audit.search;

import dev.osmo.token.input.QueryParameters;
import dev.osmo.token.input.TimeInput;
import dev.osmo.token.paging.PageRequest;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The query parameters of an audit search. */
@SuppressWarnings("NullAway.Init")
class AuditParameters {

  private static final int DEFAULT_PAGE = 100;
  private static final Set<String> KNOWN =
      Set.of("user_id", "actor", "pat_id", "jti", "action", "after", "before", "limit", "cursor");

  @Context UriInfo address;

  @QueryParam("user_id")
  @Nullable String userId;

  @QueryParam("actor")
  @Nullable String actor;

  @QueryParam("pat_id")
  @Nullable String patId;

  @QueryParam("jti")
  @Nullable String jti;

  @QueryParam("action")
  @Nullable String action;

  @QueryParam("after")
  @Nullable String after;

  @QueryParam("before")
  @Nullable String before;

  @QueryParam("limit")
  @Nullable String limit;

  @QueryParam("cursor")
  @Nullable String cursor;

  AuditFilter filter() {
    QueryParameters.requireKnown(address, KNOWN);
    QueryParameters.requireSingleValues(address);
    return new AuditFilter(
        userId,
        actor,
        patId,
        jti,
        KnownActions.require(action),
        instant("after", after),
        instant("before", before),
        PageRequest.parse(limit, cursor, AuditSearch.KEY_PARTS, DEFAULT_PAGE));
  }

  private static @Nullable Instant instant(String parameter, @Nullable String text) {
    return text == null ? null : TimeInput.parse(parameter, text);
  }
}
