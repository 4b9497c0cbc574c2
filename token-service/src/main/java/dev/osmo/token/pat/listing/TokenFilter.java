package dev.osmo.token.pat.listing;

import dev.osmo.token.paging.PageRequest;
import dev.osmo.token.pat.store.TokenState;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Which tokens to list. What is empty leaves out nothing.
 *
 * @param unusedFor how long the last use is ago; for a token that was never used, its creation
 */
public record TokenFilter(
    Set<String> owners,
    Set<TokenState> states,
    Span created,
    Span expires,
    Span lastUsed,
    Optional<Duration> unusedFor,
    PageRequest page) {

  private static final int USUAL_PAGE = 100;

  public TokenFilter {
    owners = Set.copyOf(owners);
    states = Set.copyOf(states);
  }

  /** Everybody's tokens are never read all at once. */
  public TokenFilter inPages() {
    return new TokenFilter(
        owners, states, created, expires, lastUsed, unusedFor, page.orLimit(USUAL_PAGE));
  }

  TokenFilter ofOwner(String ownerId) {
    return new TokenFilter(Set.of(ownerId), states, created, expires, lastUsed, unusedFor, page);
  }
}
