package dev.osmo.exchange.workload;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jwt.SignedJWT;
import dev.osmo.exchange.settings.AuthExchangeConfig;
import dev.osmo.exchange.workload.WorkloadCheck.Busy;
import dev.osmo.exchange.workload.WorkloadCheck.KeysUnavailable;
import dev.osmo.exchange.workload.WorkloadCheck.NotVerified;
import dev.osmo.exchange.workload.WorkloadCheck.Verified;
import dev.osmo.http.issuer.TrustedIssuer;
import dev.osmo.http.issuer.TrustedIssuers;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.MutinyHelper;
import io.vertx.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.text.ParseException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Verifies the tokens of workloads. Reading keys blocks, so this runs off the event loop, with a
 * fixed number of threads and a bounded queue. Created at startup, so that an invalid file of
 * issuers is reported there.
 */
@Startup
@ApplicationScoped
public class WorkloadTokens {

  private static final Logger LOG = Logger.getLogger(WorkloadTokens.class);

  /** No issuer needs more, and the body of a request may be larger. */
  private static final int LONGEST = 8192;

  private final Map<String, IssuerVerifier> verifiers;
  private final ThreadPoolExecutor threads;

  WorkloadTokens(AuthExchangeConfig config) {
    this.verifiers =
        TrustedIssuers.read(config.trustedIssuersFile(), config.issuer()).all().stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    TrustedIssuer::issuer,
                    issuer -> new IssuerVerifier(issuer, IssuerKeys.of(issuer))));
    int size = config.workload().threads();
    this.threads =
        new ThreadPoolExecutor(
            size,
            size,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(config.workload().queue()),
            Thread.ofPlatform().daemon().name("workload-", 0).factory());
  }

  /** A text of no trusted issuer needs no thread and no key. */
  public Uni<WorkloadCheck> verify(String text) {
    Optional<SignedJWT> token = parse(text);
    return token
        .map(WorkloadTokens::issuer)
        .map(verifiers::get)
        .map(verifier -> verified(verifier, token.orElseThrow()))
        .orElseGet(() -> Uni.createFrom().item(new NotVerified()));
  }

  /** Continues on the caller's context, which has the log fields and the request. */
  private Uni<WorkloadCheck> verified(IssuerVerifier verifier, SignedJWT token) {
    return Uni.createFrom()
        .item(() -> check(verifier, token))
        .runSubscriptionOn(threads)
        .emitOn(MutinyHelper.executor(Vertx.currentContext()))
        .onFailure(RejectedExecutionException.class)
        .recoverWithItem(Busy::new);
  }

  private static WorkloadCheck check(IssuerVerifier verifier, SignedJWT token) {
    try {
      return new Verified(verifier.verify(token));
    } catch (KeySourceException unavailable) {
      return new KeysUnavailable();
    } catch (BadJOSEException | JOSEException | RuntimeException invalid) {
      return notVerified(invalid);
    }
  }

  private static WorkloadCheck notVerified(Exception why) {
    LOG.debugf("the token of a workload is not valid: %s", why.getMessage());
    return new NotVerified();
  }

  private static Optional<SignedJWT> parse(String text) {
    try {
      return text.length() > LONGEST ? Optional.empty() : Optional.of(SignedJWT.parse(text));
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

  @PreDestroy
  void stop() {
    threads.shutdownNow();
  }
}
