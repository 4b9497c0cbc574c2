package dev.osmo.token.database;

import dev.osmo.token.problem.SqlFailure;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Supplier;

/**
 * One transaction per use case under the lease of commits, and a second one if PostgreSQL rolled
 * the first back because of another transaction (a deadlock or a serialization failure). {@link
 * RepeatedTransactions} does the same for {@code @WithTransaction}.
 */
@ApplicationScoped
public class Transactions {

  private final Lease lease;

  Transactions(Lease lease) {
    this.lease = lease;
  }

  /** The work must be repeatable: it starts in a new session each time. */
  public <T> Uni<T> run(Supplier<Uni<T>> work) {
    return repeatedOnce(() -> Panache.withTransaction(work));
  }

  <T> Uni<T> repeatedOnce(Supplier<Uni<? extends T>> transaction) {
    return lease.change(
        () ->
            Uni.createFrom()
                .<T>deferred(transaction)
                .onFailure(Transactions::isRepeatable)
                .retry()
                .atMost(1));
  }

  private static boolean isRepeatable(Throwable failure) {
    return SqlFailure.in(failure).filter(SqlFailure::isRepeatable).isPresent();
  }
}
