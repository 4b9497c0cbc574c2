package dev.osmo.http.issuer;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jwt.SignedJWT;
import dev.osmo.http.issuer.TokenCheck.Busy;
import dev.osmo.http.issuer.TokenCheck.KeysUnavailable;
import dev.osmo.http.issuer.TokenCheck.NotVerified;
import dev.osmo.http.issuer.TokenCheck.Verified;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.MutinyHelper;
import io.vertx.core.Vertx;
import java.text.ParseException;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Verifies the tokens of several issuers, each with the keys of its own issuer. Reading keys
 * blocks, so this runs off the event loop, with a fixed number of threads and a bounded queue.
 */
public final class IssuedTokens implements AutoCloseable {

  private final Map<String, IssuerVerifier> verifiers;
  private final ThreadPoolExecutor threads;
  private final int longest;

  /**
   * @param issuers with different {@code iss} claims
   * @param name of the threads
   * @param queue how many tokens may wait for one of the threads
   * @param longest the largest number of characters of a token
   */
  public IssuedTokens(
      Collection<? extends TokenIssuer> issuers, String name, int threads, int queue, int longest) {
    this.longest = longest;
    this.verifiers =
        issuers.stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    TokenIssuer::issuer,
                    issuer -> new IssuerVerifier(issuer, IssuerKeys.of(issuer))));
    this.threads =
        new ThreadPoolExecutor(
            threads,
            threads,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(queue),
            Thread.ofPlatform().daemon().name(name + "-", 0).factory());
  }

  /**
   * Verifies on another thread, and continues on the caller's Vert.x context, which has the log
   * fields and the request. A text of no trusted issuer needs no thread and no key.
   */
  public Uni<TokenCheck> verify(String text) {
    Optional<SignedJWT> token = parse(text);
    return token
        .map(IssuedTokens::issuer)
        .map(verifiers::get)
        .map(verifier -> verified(verifier, token.orElseThrow()))
        .orElseGet(() -> Uni.createFrom().item(new NotVerified("no signed token of an issuer")));
  }

  private Uni<TokenCheck> verified(IssuerVerifier verifier, SignedJWT token) {
    return Uni.createFrom()
        .item(() -> check(verifier, token))
        .runSubscriptionOn(threads)
        .emitOn(MutinyHelper.executor(Vertx.currentContext()))
        .onFailure(RejectedExecutionException.class)
        .recoverWithItem(Busy::new);
  }

  private static TokenCheck check(IssuerVerifier verifier, SignedJWT token) {
    try {
      return new Verified(verifier.verify(token));
    } catch (KeySourceException unavailable) {
      return new KeysUnavailable();
    } catch (BadJOSEException | JOSEException | RuntimeException invalid) {
      return new NotVerified(String.valueOf(invalid.getMessage()));
    }
  }

  private Optional<SignedJWT> parse(String text) {
    try {
      return text.length() > longest ? Optional.empty() : Optional.of(SignedJWT.parse(text));
    } catch (ParseException | RuntimeException malformed) {
      return Optional.empty();
    }
  }

  /** The issuer that a token claims, to choose the keys. */
  private static @Nullable String issuer(SignedJWT token) {
    try {
      return token.getJWTClaimsSet().getIssuer();
    } catch (ParseException | RuntimeException malformed) {
      return null;
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
