package dev.osmo.token.start;

import dev.osmo.http.authority.AuthorityFile;
import dev.osmo.http.problem.RefusedException;
import dev.osmo.http.start.SettingRules;
import dev.osmo.http.start.StartRefused;
import dev.osmo.postgres.CommitLease;
import dev.osmo.postgres.LeaseLost;
import dev.osmo.postgres.NoPrimary;
import dev.osmo.postgres.PoolExhausted;
import dev.osmo.postgres.PrimaryAddress;
import dev.osmo.postgres.RestoredDatabase;
import dev.osmo.postgres.SharedSessions;
import dev.osmo.postgres.TlsFailure;
import dev.osmo.token.bootstrap.Bootstrap;
import dev.osmo.token.minting.Mint;
import dev.osmo.token.problem.SqlFailure;
import dev.osmo.token.settings.DatabaseSettings;
import dev.osmo.token.settings.ExpiryNoticeSettings;
import dev.osmo.token.settings.LimitsSettings;
import dev.osmo.token.settings.SignInSettings;
import dev.osmo.token.settings.TokenServiceSettings;
import dev.osmo.token.signin.SignInPolicy;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.MutinyHelper;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxException;
import io.vertx.core.impl.NoStackTraceThrowable;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import io.vertx.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;
import org.jboss.logging.Logger;

/**
 * Checks everything the service needs, and refuses to start with one message if something is
 * missing.
 */
@ApplicationScoped
class StartUp {

  private static final SettingRules RULES = new SettingRules("token-service");
  private static final Duration LONGEST_LIFETIME = Duration.ofDays(365);
  private static final Duration LONGEST_GRACE = Duration.ofDays(7);
  private static final Duration LONGEST_RETRY = Duration.ofDays(7);
  private static final Duration SHORTEST_INTERVAL = Duration.ofSeconds(1);
  private static final long MOST_DAYS = LONGEST_LIFETIME.toDays();

  /** The {@code statement_timeout} that {@code bootstrap.sql} sets. */
  private static final Duration LONGEST_STATEMENT = Duration.ofSeconds(15);

  private static final String SHARED =
      "A pooler (such as PgBouncer in transaction mode) shares the sessions of the database"
          + " between connections. Connect token-service directly or in session mode.";
  private static final String UNCOMMITTED =
      "The database does not commit: it is a standby, or its synchronous standby is missing.";

  /**
   * What PostgreSQL reports while it starts or stops (class 57P), has no resources (53), is a
   * standby (25006), or while another session holds a lock (55P03, 57014, class 40).
   */
  private static final Set<String> MAY_PASS = Set.of("57P", "53", "25006", "55P03", "57014", "40");

  private static final Logger LOG = Logger.getLogger(StartUp.class);
  private static final Duration PAUSE = Duration.ofMillis(500);

  private final TokenServiceSettings settings;
  private final Schema schema;
  private final CommitLease lease;
  private final PrimaryAddress primary;
  private final Pool pool;
  private final Mint mint;
  private final KnownPeppers knownPeppers;
  private final SignInPolicy signInPolicy;
  private final Bootstrap bootstrap;
  private volatile boolean complete;

  StartUp(
      TokenServiceSettings settings,
      Schema schema,
      CommitLease lease,
      PrimaryAddress primary,
      Pool pool,
      Mint mint,
      KnownPeppers knownPeppers,
      SignInPolicy signInPolicy,
      Bootstrap bootstrap) {
    this.settings = settings;
    this.schema = schema;
    this.lease = lease;
    this.primary = primary;
    this.pool = pool;
    this.mint = mint;
    this.knownPeppers = knownPeppers;
    this.signInPolicy = signInPolicy;
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
    return mint.warmUp().chain(this::requireDatabase);
  }

  /** Every step waits for the database, within the patience of the whole start. */
  private Uni<Void> requireDatabase() {
    long patienceEnds = System.currentTimeMillis() + settings.databasePatience().toMillis();
    return patiently(patienceEnds, schema::requireNewEnough)
        .chain(() -> patiently(patienceEnds, this::refusePooler))
        .chain(this::startLease)
        .chain(() -> patiently(patienceEnds, knownPeppers::require))
        .chain(() -> patiently(patienceEnds, signInPolicy::apply))
        .chain(() -> patiently(patienceEnds, bootstrap::run));
  }

  private void requireSettings() {
    RULES.requireIssuer("issuer", settings.issuer());
    RULES.require(
        settings.jwks().caFile().isEmpty() || "https".equals(settings.jwks().url().getScheme()),
        "jwks.url",
        settings.jwks().url(),
        "an https address, because jwks.ca-file is set");
    settings.jwks().caFile().map(AuthorityFile::new).ifPresent(AuthorityFile::certificates);
    TokenServiceSettings.Policy policy = settings.policy();
    RULES.requireAtMost(
        "policy.max-lifetime",
        policy.maxLifetime(),
        LONGEST_LIFETIME,
        "at most 365 days, because old peppers are needed for that long");
    RULES.requireAtLeastOne("policy.max-tokens", policy.maxTokens());
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
    requireRetention(settings.retention());
    requireDatabaseLimits(settings.database());
    requireLimits(settings.limits());
    requireSignIn(settings.signIn());
    requireReverification();
    requireNotices(settings.expiryNotices());
    RULES.requirePositive("socket.body-deadline", settings.socket().bodyDeadline());
    RULES.requirePositive("socket.answer-deadline", settings.socket().answerDeadline());
  }

  /** The database keeps these minimums too, and would silently keep rows longer than a setting. */
  private static void requireRetention(TokenServiceSettings.Retention retention) {
    RULES.requireAtLeast(
        "retention.tokens",
        retention.tokens(),
        LONGEST_GRACE,
        "at least 168 hours, because a token can report a leak for that long");
    RULES.requireAtLeast(
        "retention.role-removals", retention.roleRemovals(), LONGEST_GRACE, "at least 168 hours");
    RULES.requireAtLeast(
        "retention.audit-events", retention.auditEvents(), Duration.ofDays(30), "at least 30 days");
    RULES.requireAtLeast(
        "retention.idempotency-keys",
        retention.idempotencyKeys(),
        Duration.ofHours(24),
        "at least 24 hours");
    RULES.requireAtLeast(
        "retention.sessions", retention.sessions(), LONGEST_GRACE, "at least 168 hours");
    RULES.requirePositive("retention.interval", retention.interval());
  }

  private static void requireSignIn(SignInSettings signIn) {
    RULES.requirePositive("sign-in.session-life", signIn.sessionLife());
    RULES.requireAtLeastOne("sign-in.sessions-per-user", signIn.sessionsPerUser());
    RULES.requireAtLeastOne("sign-in.threads", signIn.threads());
    RULES.requireAtLeastOne("sign-in.queue", signIn.queue());
  }

  /** Without a provider, nobody could sign in again. */
  private void requireReverification() {
    SignInSettings signIn = settings.signIn();
    signIn
        .reverifyAfter()
        .ifPresent(
            age -> {
              RULES.requirePositive("sign-in.reverify-after", age);
              RULES.require(
                  settings.identityProvidersFile().isPresent(),
                  "sign-in.reverify-after",
                  age,
                  "used with identity-providers-file");
            });
    RULES.require(
        signIn.reverifyAfter().isPresent() || !signIn.reverifyUnlinkedUsers(),
        "sign-in.reverify-unlinked-users",
        signIn.reverifyUnlinkedUsers(),
        "used with sign-in.reverify-after");
  }

  private static void requireNotices(ExpiryNoticeSettings notices) {
    RULES.require(
        !notices.days().isEmpty()
            && notices.days().stream().allMatch(days -> days >= 1 && days <= MOST_DAYS),
        "expiry-notices.days",
        notices.days(),
        "one or more numbers between 1 and 365");
    RULES.requirePositive("expiry-notices.retry-for", notices.retryFor());
    RULES.requireAtMost(
        "expiry-notices.retry-for", notices.retryFor(), LONGEST_RETRY, "at most 7 days");
    RULES.requireAtLeast(
        "expiry-notices.interval", notices.interval(), SHORTEST_INTERVAL, "at least 1 second");
  }

  private static void requireLimits(LimitsSettings limits) {
    RULES.requireAtLeastOne("limits.waiting-per-user", limits.waitingPerUser());
    RULES.requireAtLeastOne("limits.requests-per-minute", limits.requestsPerMinute());
    RULES.requireAtLeastOne("limits.changes-per-minute", limits.changesPerMinute());
    RULES.requireAtLeastOne("limits.failures-per-minute", limits.failuresPerMinute());
    RULES.requireAtLeastOne("limits.remembered-callers", limits.rememberedCallers());
  }

  private static void requireDatabaseLimits(DatabaseSettings limits) {
    RULES.requirePositive("database.connect-timeout", limits.connectTimeout());
    RULES.requirePositive("database.pool-wait", limits.poolWait());
    RULES.requireAtLeastOne("database.pool-queue", limits.poolQueue());
    RULES.require(
        limits.silence().compareTo(LONGEST_STATEMENT) > 0,
        "database.silence",
        limits.silence(),
        "longer than 15 seconds, which a statement may take");
    RULES.requireBetween(
        "database.commit-lease", limits.commitLease(), CommitLease.SHORTEST, CommitLease.LONGEST);
    RULES.require(
        limits.leakedAfter().compareTo(limits.silence()) > 0,
        "database.leaked-after",
        limits.leakedAfter(),
        "longer than database.silence");
  }

  /**
   * Runs each attempt on the current Vert.x context, which owns the sessions. The pauses between
   * attempts use another thread.
   */
  private static <T> Uni<T> patiently(long patienceEnds, Supplier<Uni<T>> step) {
    Executor here = MutinyHelper.executor(Vertx.currentContext());
    return Uni.createFrom()
        .<T>deferred(step::get)
        .runSubscriptionOn(here)
        .onFailure(StartUp::mayPass)
        .invoke(
            failure ->
                LOG.warnf("the start waits for the database: %s", reasonOf(failure).getMessage()))
        .onFailure(StartUp::mayPass)
        .retry()
        .withBackOff(PAUSE, PAUSE)
        .expireAt(patienceEnds)
        .emitOn(here);
  }

  private Uni<Void> refusePooler() {
    return here(() -> SharedSessions.areBehind(pool))
        .invoke(
            shared -> {
              if (shared) {
                throw new StartRefused(SHARED);
              }
            })
        .replaceWithVoid();
  }

  /** The first commit waits for a promotion, or for a missing synchronous standby. */
  private Uni<Void> startLease() {
    return here(lease::start)
        .ifNoItem()
        .after(settings.databasePatience())
        .failWith(() -> new StartRefused(UNCOMMITTED));
  }

  /** Continues on the current context, which owns the sessions. */
  private static <T> Uni<T> here(Supplier<Future<T>> work) {
    return Uni.createFrom()
        .completionStage(() -> work.get().toCompletionStage())
        .emitOn(MutinyHelper.executor(Vertx.currentContext()));
  }

  private static boolean mayPass(Throwable failure) {
    return SqlFailure.in(failure)
        .map(sql -> MAY_PASS.stream().anyMatch(sql.state()::startsWith))
        .orElseGet(() -> isUnreachable(reasonOf(failure)));
  }

  private static boolean isUnreachable(Throwable reason) {
    return switch (reason) {
      case SSLException wrong -> false;
      case IOException unreachable -> true;
      case NoStackTraceThrowable unreachable -> true;
      case NoPrimary standbys -> true;
      case RestoredDatabase restored -> false;
      case LeaseLost uncommitted -> true;
      case PoolExhausted busy -> true;
      case ClosedConnectionException closed -> true;
      default -> false;
    };
  }

  private RuntimeException refused(Throwable failure) {
    Throwable reason = reasonOf(failure);
    return TlsFailure.sentence(reason, primary.servers())
        .<RuntimeException>map(StartRefused::new)
        .orElseGet(() -> refusedFor(reason, failure));
  }

  private static RuntimeException refusedFor(Throwable reason, Throwable failure) {
    return switch (reason) {
      case StartRefused sentence -> sentence;
      case RefusedException refusal ->
          new StartRefused(
              "The first administrator cannot be created: " + refusal.refusal().detail());
      case RestoredDatabase restored -> new StartRefused(restored.getMessage());
      case IOException unreachable ->
          new StartRefused("The database cannot be reached: " + unreachable.getMessage() + ".");
      case NoStackTraceThrowable silent ->
          new StartRefused("The database cannot be reached: " + silent.getMessage() + ".");
      case NoPrimary standbys ->
          new StartRefused("The database cannot be reached: " + standbys.getMessage() + ".");
      case PgException database ->
          new StartRefused(
              "The database refuses this service: " + database.getErrorMessage() + ".");
      case SQLException database ->
          new StartRefused("The database refuses this service: " + database.getMessage() + ".");
      case LeaseLost uncommitted -> new StartRefused(UNCOMMITTED);
      case PoolExhausted busy ->
          new StartRefused("The database does not respond: " + busy.getMessage() + ".");
      case VertxException unreachable ->
          new StartRefused("The database cannot be reached: " + unreachable.getMessage() + ".");
      default -> new IllegalStateException(failure);
    };
  }

  /** The deepest cause, or a failure of TLS, whose own cause says less. */
  private static Throwable reasonOf(Throwable failure) {
    Throwable cause = failure.getCause();
    return cause == null || failure instanceof SSLException ? failure : reasonOf(cause);
  }
}
