package dev.osmo.token.database;

import io.quarkus.hibernate.reactive.panache.common.WithSession;
import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;

/** What a method with {@code @WithSession} reads is returned under the lease of commits only. */
@Interceptor
@WithSession
@Priority(Interceptor.Priority.PLATFORM_BEFORE)
class SessionsUnderLease {

  private final Lease lease;

  SessionsUnderLease(Lease lease) {
    this.lease = lease;
  }

  @AroundInvoke
  Object read(InvocationContext method) {
    return lease.read(() -> RepeatedTransactions.proceed(method));
  }
}
