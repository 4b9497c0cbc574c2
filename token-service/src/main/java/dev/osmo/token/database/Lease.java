package dev.osmo.token.database;

import dev.osmo.http.problem.RefusedException;
import dev.osmo.postgres.CommitLease;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.MutinyHelper;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Runs work under the lease of commits: without the lease it fails, before the work, so that a
 * database that no longer commits does not collect connections, and after it, because the process
 * may have paused.
 */
@ApplicationScoped
public class Lease {

  /**
   * A commit that waits for a synchronous standby is not interrupted by {@code statement_timeout}
   * (15 s). Shorter than the deadline of a response.
   */
  private static final Duration LONGEST_CHANGE = Duration.ofSeconds(20);

  private final CommitLease lease;

  Lease(CommitLease lease) {
    this.lease = lease;
  }

  /** The timeline of the server that confirms the commits, for {@code require_primary}. */
  public String timeline() {
    return lease.timeline();
  }

  public <T> Uni<T> read(Supplier<Uni<T>> work) {
    return Uni.createFrom()
        .voidItem()
        .invoke(lease::require)
        .chain(work::get)
        .invoke(lease::require);
  }

  /**
   * Also completes only when a synchronous standby has what was committed. The same holds for a
   * refusal: it may rest on an earlier change whose commit was cancelled, and which was not
   * acknowledged.
   */
  public <T> Uni<T> change(Supplier<Uni<T>> work) {
    String since = lease.timeline();
    return uncancelled(read(work))
        .ifNoItem()
        .after(LONGEST_CHANGE)
        .fail()
        .call(() -> confirm(since))
        .onFailure(RefusedException.class)
        .recoverWithUni(refusal -> confirm(since).chain(() -> Uni.createFrom().failure(refusal)));
  }

  /** Continues on the caller's context, which owns its session. */
  private Uni<Void> confirm(String since) {
    return Uni.createFrom()
        .completionStage(() -> lease.confirm(since).toCompletionStage())
        .emitOn(MutinyHelper.executor(Vertx.currentContext()));
  }

  /** A cancelled transaction could lose its connection (decision 0016). */
  private static <T> Uni<T> uncancelled(Uni<T> work) {
    return Uni.createFrom()
        .emitter(result -> work.subscribe().with(result::complete, result::fail));
  }
}
