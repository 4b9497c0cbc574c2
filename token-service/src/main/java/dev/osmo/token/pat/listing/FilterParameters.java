package dev.osmo.token.pat.listing;

import dev.osmo.http.problem.Refusal;
import dev.osmo.token.input.AsciiCase;
import dev.osmo.token.input.DurationInput;
import dev.osmo.token.input.QueryParameters;
import dev.osmo.token.paging.PageRequest;
import dev.osmo.token.pat.store.TokenState;
import dev.osmo.token.problem.TokenProblem;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The query parameters that filter a list of tokens. */
@SuppressWarnings("NullAway.Init")
public class FilterParameters {

  private static final Set<String> KNOWN =
      Set.of(
          "state",
          "created_after",
          "created_before",
          "expires_after",
          "expires_before",
          "last_used_after",
          "last_used_before",
          "unused_for",
          "limit",
          "cursor");
  private static final Set<String> KNOWN_WITH_OWNER =
      Stream.concat(KNOWN.stream(), Stream.of("owner")).collect(Collectors.toUnmodifiableSet());

  /**
   * OSMO's clients read one page of a user's tokens and know no cursor. So this page holds all
   * tokens that a user may have, unless the operator raises that limit.
   */
  private static final int OF_ONE_OWNER = PageRequest.MOST;

  private static final int OF_ALL_OWNERS = 100;

  @Context UriInfo address;

  @QueryParam("state")
  List<String> states;

  @QueryParam("created_after")
  @Nullable String createdAfter;

  @QueryParam("created_before")
  @Nullable String createdBefore;

  @QueryParam("expires_after")
  @Nullable String expiresAfter;

  @QueryParam("expires_before")
  @Nullable String expiresBefore;

  @QueryParam("last_used_after")
  @Nullable String lastUsedAfter;

  @QueryParam("last_used_before")
  @Nullable String lastUsedBefore;

  @QueryParam("unused_for")
  @Nullable String unusedFor;

  @QueryParam("limit")
  @Nullable String limit;

  @QueryParam("cursor")
  @Nullable String cursor;

  public UriInfo address() {
    return address;
  }

  public TokenFilter filter() {
    QueryParameters.requireKnown(address, KNOWN);
    return parse(List.of(), OF_ONE_OWNER);
  }

  /** The tokens of all users, or of these owners, if any. */
  public TokenFilter filter(List<String> owners) {
    QueryParameters.requireKnown(address, KNOWN_WITH_OWNER);
    return parse(owners, OF_ALL_OWNERS);
  }

  private TokenFilter parse(List<String> owners, int page) {
    QueryParameters.requireSingleValues(address);
    return new TokenFilter(
        Set.copyOf(owners),
        states.stream().map(FilterParameters::state).collect(Collectors.toSet()),
        Span.parse("created", createdAfter, createdBefore),
        Span.parse("expires", expiresAfter, expiresBefore),
        Span.parse("last_used", lastUsedAfter, lastUsedBefore),
        Optional.ofNullable(unusedFor).map(text -> DurationInput.parse("unused_for", text)),
        PageRequest.parse(limit, cursor, TokenSearch.KEY_PARTS, page));
  }

  private static TokenState state(String text) {
    return Arrays.stream(TokenState.values())
        .filter(state -> AsciiCase.equal(state.searchName(), text))
        .findFirst()
        .orElseThrow(FilterParameters::unknownState);
  }

  private static RuntimeException unknownState() {
    return new Refusal(
            TokenProblem.INVALID_FIELD,
            "The parameter state must be active, expired, suspended, revoked, no_roles or must_sign_in; it may be repeated.")
        .toException();
  }
}
