package dev.osmo.exchange.pat;

import dev.osmo.pat.PatId;
import java.time.Instant;
import java.util.List;

/**
 * A token that was valid when it was read.
 *
 * @param roles its current roles, sorted
 * @param readAt the database time of the read
 */
public record LivePat(PatId id, String userId, List<String> roles, Instant readAt) {

  public LivePat {
    roles = List.copyOf(roles);
  }
}
