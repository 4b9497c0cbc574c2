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

  public TokenFilter {
    owners = Set.copyOf(owners);
    states = Set.copyOf(states);
  }

  /** Whether it only chooses the page. */
  boolean isEmpty() {
    return owners.isEmpty()
        && states.isEmpty()
        && created.isOpen()
        && expires.isOpen()
        && lastUsed.isOpen()
        && unusedFor.isEmpty();
  }

  TokenFilter ofOwners(Set<String> ownerIds) {
    return new TokenFilter(ownerIds, states, created, expires, lastUsed, unusedFor, page);
  }
}
