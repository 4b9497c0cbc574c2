package dev.osmo.token.pat.listing;

import dev.osmo.token.paging.PageRequest;
import dev.osmo.token.pat.store.TokenState;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Which tokens to list. An empty field does not filter.
 *
 * @param unusedFor the least time since the last use, or since creation for a token never used
 */
public record TokenFilter(
    Set<String> owners,
    Set<TokenState> states,
    Span created,
    Span expires,
    Span lastUsed,
    Optional<Duration> unusedFor,
    PageRequest page) {

  private static final int DEFAULT_PAGE = 100;

  public TokenFilter {
    owners = Set.copyOf(owners);
    states = Set.copyOf(states);
  }

  /** A list of all users' tokens is always paginated. */
  public TokenFilter inPages() {
    return new TokenFilter(
        owners, states, created, expires, lastUsed, unusedFor, page.orLimit(DEFAULT_PAGE));
  }

  TokenFilter ofOwner(String ownerId) {
    return new TokenFilter(Set.of(ownerId), states, created, expires, lastUsed, unusedFor, page);
  }
}
