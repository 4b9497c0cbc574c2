package dev.osmo.token.events;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * How often a record is tried again, after growing pauses.
 *
 * @param mayPass whether a failure says nothing about the record, which is then tried without a
 *     limit
 */
record RepeatedAttempts(Duration firstPause, Duration longestPause, Predicate<Throwable> mayPass) {

  /** How many other failures of a record are one too many, with that of the first attempt. */
  static final int MOST_FAILURES = 12;

  /**
   * The attempts after a first one that has failed.
   *
   * @param giveUp what happens instead of a further attempt, with the last failure
   */
  Uni<Void> of(Uni<Void> attempt, Function<Throwable, @Nullable Void> giveUp) {
    return Uni.createFrom()
        .voidItem()
        .onItem()
        .delayIt()
        .by(firstPause)
        .chain(() -> attempt)
        .onFailure(mayPass)
        .retry()
        .withBackOff(firstPause, longestPause)
        .indefinitely()
        .onFailure()
        .retry()
        .withBackOff(firstPause, longestPause)
        .atMost(MOST_FAILURES - 2)
        .onFailure()
        .recoverWithItem(giveUp);
  }
}
