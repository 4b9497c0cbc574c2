package dev.osmo.token.audit.search;

import dev.osmo.token.input.GivenOnce;
import dev.osmo.token.input.WrittenTime;
import dev.osmo.token.paging.PageRequest;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The filters of a search as they stand in its address. */
@SuppressWarnings("NullAway.Init")
class AuditParameters {

  private static final int USUAL_PAGE = 100;

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
    GivenOnce.demand(address);
    return new AuditFilter(
        userId,
        actor,
        patId,
        jti,
        action,
        instant("after", after),
        instant("before", before),
        PageRequest.parse(limit, cursor, AuditSearch.KEY_PARTS).orLimit(USUAL_PAGE));
  }

  private static @Nullable Instant instant(String parameter, @Nullable String text) {
    return text == null ? null : WrittenTime.parse(parameter, text);
  }
}
