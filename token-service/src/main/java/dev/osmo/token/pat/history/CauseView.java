package dev.osmo.token.pat.history;

import dev.osmo.http.denial.DenialFacts;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A reason why the token is refused, or why it has fewer roles.
 *
 * @param blocks whether no secret of the token can be exchanged
 * @param next the commands to type, in order
 */
record CauseView(
    String reason,
    boolean blocks,
    @Nullable Instant since,
    @Nullable String by,
    String message,
    List<String> next) {

  static CauseView of(DenialFacts facts) {
    return new CauseView(
        facts.reason().wireName(),
        facts.reason().blocks(),
        facts.since(),
        facts.by(),
        facts.message(),
        facts.next());
  }
}
