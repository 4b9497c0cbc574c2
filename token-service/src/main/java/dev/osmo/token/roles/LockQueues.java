package dev.osmo.token.roles;

import dev.osmo.http.problem.HttpProblem;
import dev.osmo.http.problem.Refusal;
import dev.osmo.token.settings.TokenServiceSettings;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * How many requests wait for the lock of each user. Each of them holds a connection of the pool, so
 * their number is limited: otherwise the requests for one locked user would block all others.
 */
@ApplicationScoped
class LockQueues {

  private static final Refusal FULL =
      new Refusal(
          HttpProblem.BUSY,
          "Too many changes of this user are in progress. Try again in a moment.");

  private final Map<String, Integer> waiting = new ConcurrentHashMap<>();
  private final int limit;

  LockQueues(TokenServiceSettings settings) {
    this.limit = settings.limits().waitingPerUser();
  }

  /** Fails with a refusal, without running the statement, if too many wait already for a user. */
  <T> Uni<T> wait(Collection<String> anyCase, Supplier<Uni<T>> lock) {
    Set<String> userIds =
        anyCase.stream().map(id -> id.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
    return Uni.createFrom()
        .deferred(
            () ->
                enterAll(userIds)
                    ? lock.get().onTermination().invoke(() -> userIds.forEach(this::leave))
                    : FULL.toFailure());
  }

  private boolean enterAll(Set<String> userIds) {
    List<String> entered = new ArrayList<>();
    for (String userId : userIds) {
      if (waiting.merge(userId, 1, Integer::sum) > limit) {
        leave(userId);
        entered.forEach(this::leave);
        return false;
      }
      entered.add(userId);
    }
    return true;
  }

  private void leave(String userId) {
    waiting.computeIfPresent(userId, (id, count) -> count == 1 ? null : count - 1);
  }
}
