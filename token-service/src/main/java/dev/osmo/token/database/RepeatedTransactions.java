package dev.osmo.token.database;

import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;

/**
 * Repeats a method with {@code @WithTransaction} once, as {@link Transactions} does. Runs outside
 * of Panache's interceptor, so that the second attempt has a session and a transaction of its own.
 */
@Interceptor
@WithTransaction
@Priority(Interceptor.Priority.PLATFORM_BEFORE)
class RepeatedTransactions {

  private final Transactions transactions;

  RepeatedTransactions(Transactions transactions) {
    this.transactions = transactions;
  }

  @AroundInvoke
  Object repeatOnce(InvocationContext method) {
    return transactions.repeatedOnce(() -> proceed(method));
  }

  @SuppressWarnings("unchecked") // Panache's build step allows methods that return a Uni only.
  static Uni<Object> proceed(InvocationContext method) {
    try {
      return (Uni<Object>) method.proceed();
    } catch (Exception e) {
      return Uni.createFrom().failure(e);
    }
  }
}
