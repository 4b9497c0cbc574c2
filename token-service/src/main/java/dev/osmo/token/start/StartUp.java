package dev.osmo.token.start;

import dev.osmo.http.problem.RefusedException;
import dev.osmo.http.start.SettingRules;
import dev.osmo.http.start.StartRefused;
import dev.osmo.token.bootstrap.Bootstrap;
import dev.osmo.token.minting.Mint;
import dev.osmo.token.settings.TokenServiceSettings;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.MutinyHelper;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.Executor;

/**
 * Checks everything the service needs, and refuses to start with one message if something is
 * missing.
 */
@ApplicationScoped
class StartUp {

  private static final SettingRules RULES = new SettingRules("token-service");
  private static final Duration LONGEST_LIFETIME = Duration.ofDays(365);
  private static final Duration LONGEST_GRACE = Duration.ofDays(7);
  private static final Duration PAUSE = Duration.ofMillis(500);

  private final TokenServiceSettings settings;
  private final Schema schema;
  private final Mint mint;
  private final Bootstrap bootstrap;
  private volatile boolean complete;

  StartUp(TokenServiceSettings settings, Schema schema, Mint mint, Bootstrap bootstrap) {
    this.settings = settings;
    this.schema = schema;
    this.mint = mint;
    this.bootstrap = bootstrap;
  }

  void start(@Observes StartupEvent event) {
    try {
      VertxContextSupport.subscribeAndAwait(this::requireAll);
    } catch (Throwable e) {
      throw refused(e);
    }
    complete = true;
  }

  boolean isComplete() {
    return complete;
  }

  private Uni<Void> requireAll() {
    requireSettings();
    return mint.warmUp()
        .chain(this::requireSchema)
        .chain(schema::peppersInUse)
        .invoke(this::requirePeppers)
        .chain(bootstrap::run);
  }

  private void requireSettings() {
    RULES.requirePublicAddress("issuer", settings.issuer());
    TokenServiceSettings.Policy policy = settings.policy();
    RULES.requireAtMost(
        "policy.max-lifetime",
        policy.maxLifetime(),
        LONGEST_LIFETIME,
        "at most 365 days, because old peppers are needed for that long");
    RULES.requireAtMost(
        "policy.max-grace",
        policy.maxGrace(),
        LONGEST_GRACE,
        "at most 168 hours, because a rotated secret can report a leak for that long");
    RULES.requireAtMost(
        "policy.default-grace",
        policy.defaultGrace(),
        policy.maxGrace(),
        "at most policy.max-grace");
    RULES.requirePositive("socket.body-deadline", settings.socket().bodyDeadline());
    RULES.requirePositive("socket.answer-deadline", settings.socket().answerDeadline());
  }

  /**
   * Runs each attempt on the current Vert.x context, which owns the sessions. The pauses between
   * attempts use another thread.
   */
  private Uni<Void> requireSchema() {
    Executor here = MutinyHelper.executor(Vertx.currentContext());
    return Uni.createFrom()
        .deferred(schema::requireNewEnough)
        .runSubscriptionOn(here)
        .onFailure(StartUp::isUnreachable)
        .retry()
        .withBackOff(PAUSE, PAUSE)
        .expireIn(settings.databasePatience().toMillis());
  }

  private void requirePeppers(Collection<String> inUse) {
    Set<String> missing = mint.missingPeppers(inUse);
    if (!missing.isEmpty()) {
      throw new StartRefused(
          "The pepper file "
              + settings.pepperFile()
              + " lacks "
              + String.join(", ", missing)
              + ", which live secrets need. Add the missing lines.");
    }
  }

  private static boolean isUnreachable(Throwable failure) {
    return rootOf(failure) instanceof IOException;
  }

  private RuntimeException refused(Throwable failure) {
    return switch (rootOf(failure)) {
      case StartRefused sentence -> sentence;
      case RefusedException refusal ->
          new StartRefused(
              "The first administrator cannot be created: " + refusal.refusal().detail());
      case IOException unreachable ->
          new StartRefused("The database cannot be reached: " + unreachable.getMessage() + ".");
      case PgException database ->
          new StartRefused(
              "The database refuses this service: " + database.getErrorMessage() + ".");
      default -> new IllegalStateException(failure);
    };
  }

  private static Throwable rootOf(Throwable failure) {
    Throwable cause = failure.getCause();
    return cause == null ? failure : rootOf(cause);
  }
}
