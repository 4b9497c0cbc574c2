package dev.osmo.token.caller;

import dev.osmo.http.limits.Budgets;
import dev.osmo.http.limits.ClientAddress;
import dev.osmo.http.limits.Quota;
import dev.osmo.http.limits.RefillTime;
import dev.osmo.http.limits.TrustedProxies;
import dev.osmo.http.problem.HttpProblem;
import dev.osmo.http.problem.Refusal;
import dev.osmo.http.problem.RefusedException;
import dev.osmo.token.problem.TokenProblem;
import dev.osmo.token.settings.LimitsSettings;
import dev.osmo.token.settings.TokenServiceSettings;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The limits of this replica: invalid JWTs and ID tokens by address, requests and changes by user.
 * The counts are in bounded memory and are lost at a restart. Created at startup, so that an
 * invalid setting is reported there.
 */
@Startup
@ApplicationScoped
public class CallerLimits {

  private static final Set<HttpMethod> READS =
      Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);
  private static final Refusal INVALID_JWTS =
      new Refusal(
          TokenProblem.TOO_MANY_REQUESTS,
          "Too many invalid JWTs from this address. Wait as long as Retry-After says.");
  private static final Refusal REQUESTS =
      new Refusal(
          TokenProblem.TOO_MANY_REQUESTS,
          "Too many requests of this user. Wait as long as Retry-After says.");

  private final TrustedProxies proxies;
  private final Budgets<ClientAddress> failures;
  private final Set<ClientAddress> verifying = ConcurrentHashMap.newKeySet();
  private final Budgets<String> requests;
  private final Budgets<String> changes;

  CallerLimits(TokenServiceSettings settings, RefillTime time) {
    LimitsSettings limits = settings.limits();
    int keys = limits.rememberedCallers();
    this.proxies =
        TrustedProxies.read(
            "token-service.leak-report.trusted-proxies",
            settings.leakReport().trustedProxies().orElse(List.of()));
    this.failures = new Budgets<>(new Quota("failures", limits.failuresPerMinute()), keys, time);
    this.requests = new Budgets<>(new Quota("requests", limits.requestsPerMinute()), keys, time);
    this.changes = new Budgets<>(new Quota("changes", limits.changesPerMinute()), keys, time);
  }

  /**
   * Verifies a JWT or an ID token, and counts it if it is invalid, which is a refusal with status
   * 401. An address that has sent too many has one verification at a time, so that a valid one
   * behind the same address is still accepted.
   */
  public <T> Uni<T> verifying(HttpServerRequest request, Supplier<Uni<T>> verification) {
    ClientAddress address = proxies.clientOf(request);
    Uni<T> counted =
        Uni.createFrom()
            .<T>deferred(verification::get)
            .onFailure(CallerLimits::isInvalid)
            .transform(invalid -> counted(address, invalid, request));
    if (!failures.isExhausted(address)) {
      return counted;
    }
    return verifying.add(address)
        ? counted.onTermination().invoke(() -> verifying.remove(address))
        : Uni.createFrom().failure(tooManyFailures(address, request));
  }

  /** Counts one request of the user. Fails with a refusal if a limit is reached. */
  void spend(String userId, HttpServerRequest request) {
    spend(READS.contains(request.method()) ? requests : changes, userId, request);
  }

  /**
   * Counts one sign-in or refresh of the person whom a valid ID token names. Fails with a refusal
   * if the limit of changes is reached.
   */
  public void spendSignIn(String issuer, String subject, HttpServerRequest request) {
    spend(changes, issuer + ' ' + subject, request); // no user id contains a space
  }

  private static void spend(Budgets<String> budget, String key, HttpServerRequest request) {
    if (!budget.spend(key)) {
      budget.allowance(key).addToRefusal(request.response());
      throw REQUESTS.toException();
    }
  }

  private Throwable counted(ClientAddress address, Throwable invalid, HttpServerRequest request) {
    return failures.spend(address) ? invalid : tooManyFailures(address, request);
  }

  private Throwable tooManyFailures(ClientAddress address, HttpServerRequest request) {
    failures.allowance(address).addToRefusal(request.response());
    return INVALID_JWTS.toException();
  }

  private static boolean isInvalid(Throwable failure) {
    return failure instanceof RefusedException refused
        && refused.refusal().type().status() == HttpProblem.UNAUTHENTICATED.status()
        && refused.refusal().type() != TokenProblem.EXCHANGE_FIRST;
  }
}
