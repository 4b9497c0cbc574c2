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
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Verifies the tokens of several issuers, each with the keys of its own issuer. Reading keys
 * blocks, so this runs off the event loop. Each issuer has threads and a bounded queue of its own,
 * so an issuer whose keys arrive slowly does not stop the others. An unused thread ends.
 */
public final class IssuedTokens implements AutoCloseable {

  private static final Duration KEPT = Duration.ofMinutes(1);

  private final Map<String, Room> rooms;
  private final int longest;

  /** Where the tokens of one issuer are verified. */
  private record Room(IssuerVerifier verifier, ThreadPoolExecutor threads) {}

  /**
   * @param issuers with different {@code iss} claims
   * @param name of the threads; the position of the issuer follows
   * @param threads how many tokens of one issuer are verified at the same time
   * @param queue how many more of them may wait
   * @param longest the largest number of characters of a token
   */
  public IssuedTokens(
      Collection<? extends TokenIssuer> issuers, String name, int threads, int queue, int longest) {
    this.longest = longest;
    Map<String, Room> each = new HashMap<>();
    for (TokenIssuer issuer : issuers) {
      each.put(
          issuer.issuer(),
          new Room(
              new IssuerVerifier(issuer, IssuerKeys.of(issuer)),
              pool(name + "-" + each.size(), threads, queue)));
    }
    this.rooms = Map.copyOf(each);
  }

  private static ThreadPoolExecutor pool(String name, int threads, int queue) {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            threads,
            threads,
            KEPT.toSeconds(),
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(queue),
            Thread.ofPlatform().daemon().name(name + "-", 0).factory());
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  /**
   * Verifies on another thread, and continues on the caller's Vert.x context, which has the log
   * fields and the request. A text of no trusted issuer needs no thread and no key.
   */
  public Uni<TokenCheck> verify(String text) {
    Optional<SignedJWT> token = parse(text);
    return token
        .map(IssuedTokens::issuer)
        .map(rooms::get)
        .map(room -> verified(room, token.orElseThrow()))
        .orElseGet(() -> Uni.createFrom().item(new NotVerified("no signed token of an issuer")));
  }

  private static Uni<TokenCheck> verified(Room room, SignedJWT token) {
    return Uni.createFrom()
        .item(() -> check(room.verifier(), token))
        .runSubscriptionOn(room.threads())
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
    rooms.values().forEach(room -> room.threads().shutdownNow());
  }
}
