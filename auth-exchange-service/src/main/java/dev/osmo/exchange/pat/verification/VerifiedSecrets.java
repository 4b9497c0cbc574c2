package dev.osmo.exchange.pat.verification;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.osmo.exchange.pat.StoredSecret;
import dev.osmo.exchange.settings.AuthExchangeConfig;
import dev.osmo.pat.Lookup;
import dev.osmo.pat.PatText;
import dev.osmo.pat.Peppers;
import dev.osmo.pat.Phc;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Says whether a presented token is the stored secret, and asks Argon2 at most once for each.
 *
 * <ol>
 *   <li>The answer is remembered under the presented token's lookup, the digest and the secret's
 *       id: a change of any of the three asks again.
 *   <li>Callers that arrive while Argon2 works share its one answer.
 *   <li>A full queue is never remembered.
 *   <li>No token text is kept.
 * </ol>
 */
@Singleton
public class VerifiedSecrets {

  private final Argon2Pool argon2;
  private final Peppers peppers;
  private final AsyncCache<Question, Boolean> answers;
  private final Cache<Lookup, Boolean> genuine;

  VerifiedSecrets(Argon2Pool argon2, Peppers peppers, AuthExchangeConfig config) {
    this.argon2 = argon2;
    this.peppers = peppers;
    this.genuine =
        Caffeine.newBuilder()
            .maximumSize(config.verification().remembered())
            .executor(Runnable::run)
            .build();
    this.answers =
        Caffeine.newBuilder()
            .maximumSize(config.verification().remembered())
            .executor(Runnable::run)
            .recordStats()
            .buildAsync();
  }

  /** Whether this token was found genuine before; says nothing about whether it still lives. */
  public boolean knows(PatText pat) {
    return peppers.lookupsOf(pat).stream().anyMatch(lookup -> genuine.getIfPresent(lookup) != null);
  }

  /** How often a secret needed no Argon2. */
  long hits() {
    return answers.synchronous().stats().hitCount();
  }

  long misses() {
    return answers.synchronous().stats().missCount();
  }

  public Uni<Verdict> verify(PatText pat, StoredSecret secret) {
    Question question = new Question(secret.id(), secret.lookup(), secret.phc());
    return backOnCallersThread(answer(question, pat))
        .map(answer -> remember(answer, secret.lookup()))
        .onFailure(RejectedExecutionException.class)
        .recoverWithItem(Verdict.BUSY);
  }

  private Verdict remember(boolean isGenuine, Lookup lookup) {
    if (isGenuine && genuine.getIfPresent(lookup) == null) {
      genuine.put(lookup, true);
    }
    return isGenuine ? Verdict.GENUINE : Verdict.FORGED;
  }

  private CompletableFuture<Boolean> answer(Question question, PatText pat) {
    try {
      return answers.get(question, (asked, unused) -> argon2.verify(asked.phc(), pat));
    } catch (RejectedExecutionException full) {
      return CompletableFuture.failedFuture(full);
    }
  }

  /** An Argon2 thread has other work to do than to sign and to write answers. */
  private static Uni<Boolean> backOnCallersThread(CompletableFuture<Boolean> answer) {
    Uni<Boolean> uni = Uni.createFrom().completionStage(answer);
    Context caller = Vertx.currentContext();
    return answer.isDone() || caller == null ? uni : uni.emitOn(runningOn(caller));
  }

  private static Executor runningOn(Context context) {
    return task -> context.runOnContext(unused -> task.run());
  }

  private record Question(UUID secretId, Lookup lookup, Phc phc) {}
}
