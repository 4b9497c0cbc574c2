package dev.osmo.cli.renewal;

import dev.osmo.cli.options.Downscope;
import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import dev.osmo.cli.output.Terminal;
import dev.osmo.cli.session.Credential;
import dev.osmo.cli.session.Jwt;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * A JWT with certain rights, renewed in time. Guarantees:
 *
 * <ol>
 *   <li>Until a renewal succeeds, the old JWT remains, at most until it expires.
 *   <li>However many threads need a new JWT, one exchanges the token and the others use its JWT, or
 *       its failure until the next attempt is due.
 *   <li>After {@link #close}, no output is written again.
 * </ol>
 */
public final class RenewedJwt {
  private static final Duration REMINDER = Duration.ofMinutes(1);

  /** A JWT that was refused elsewhere is replaced at most this often. */
  private static final Duration BETWEEN_REPLACEMENTS = Duration.ofSeconds(10);

  /**
   * Of a JWT's life: a caller cannot require a longer rest, which would need constant exchanges.
   */
  private static final double LONGEST_REST = 0.9;

  private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

  private final Exchanges exchanges;
  private final Terminal terminal;
  private final Clock clock;
  private final Downscope rights;
  private final List<JwtOutput> outputs;
  private final Runnable renewed;

  /** Held during an exchange. */
  private final ReentrantLock turn = new ReentrantLock();

  private final LongAdder renewals = new LongAdder();
  private final LongAdder failures = new LongAdder();

  private volatile Optional<Credential> current = Optional.empty();
  private volatile Instant received = Instant.EPOCH;
  private volatile Instant due = Instant.EPOCH;
  private volatile Optional<Failure> lastFailure = Optional.empty();
  private volatile boolean requested;
  private int failuresInRow;
  private String reported = "";
  private Instant reportedAt = Instant.EPOCH;
  private boolean closed;

  /**
   * @param renewed runs after each renewal, when the outputs are written; must return quickly
   */
  RenewedJwt(
      Exchanges exchanges,
      Terminal terminal,
      Clock clock,
      Downscope rights,
      List<? extends JwtOutput> outputs,
      Runnable renewed) {
    this.exchanges = exchanges;
    this.terminal = terminal;
    this.clock = clock;
    this.rights = rights;
    this.outputs = List.copyOf(outputs);
    this.renewed = renewed;
  }

  /**
   * Removes an expired JWT, and starts a renewal that is due.
   *
   * @param changed before it is due, because there is another token
   */
  void tick(boolean changed) {
    expire();
    requested |= changed;
    if (isDue()) {
      Thread.ofVirtual().start(this::renewIfDue);
    }
  }

  /** Because there is another token: a JWT of the old one is replaced when it is needed next. */
  void renewWhenNeeded() {
    requested = true;
  }

  private boolean isDue() {
    return requested || !clock.instant().isBefore(due);
  }

  private void renewIfDue() {
    if (turn.tryLock()) {
      try {
        if (isDue()) {
          renew();
        }
      } finally {
        turn.unlock();
      }
    }
  }

  /**
   * A valid JWT, renewed if it is due.
   *
   * @param rest how long it has to be valid
   * @throws Failure if there is none
   */
  public Credential valid(Duration rest) {
    Optional<Credential> usable = usable(rest);
    if (usable.isPresent() && (!isDue() || turn.isLocked())) {
      return usable.get();
    }
    return exclusively(
        () -> {
          Optional<Credential> meanwhile = usable(rest);
          boolean pausing = lastFailure.isPresent() && !isDue();
          if (pausing || (meanwhile.isPresent() && !isDue())) {
            return meanwhile.orElseThrow(lastFailure::get);
          }
          refuseLongerThanLife(rest);
          renew();
          return usable(rest).orElseThrow(() -> unavailable(rest));
        });
  }

  /**
   * Another JWT than one that was refused, such as after a revocation. Empty if there was one only
   * moments ago, or if there is no other.
   */
  public Optional<Credential> insteadOf(Jwt refused) {
    return exclusively(
        () -> {
          boolean old = !clock.instant().isBefore(received.plus(BETWEEN_REPLACEMENTS));
          if (current.filter(each -> each.jwt().equals(refused)).isPresent() && old) {
            renew();
          }
          return usable(Duration.ZERO).filter(each -> !each.jwt().equals(refused));
        });
  }

  private <T> T exclusively(Supplier<T> work) {
    try {
      if (!turn.tryLock(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
        throw Failure.of(ExitCode.TRY_LATER, "The server has not answered the exchange yet", "");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw Failure.of(ExitCode.INTERRUPTED, "Interrupted", "");
    }
    try {
      return work.get();
    } finally {
      turn.unlock();
    }
  }

  private void refuseLongerThanLife(Duration rest) {
    current
        .map(each -> each.jwt().lifetime())
        .filter(life -> rest.toMillis() > life.toMillis() * LONGEST_REST)
        .ifPresent(
            life -> {
              throw Failure.of(
                      ExitCode.USER_ERROR,
                      "A JWT is valid for " + life.toSeconds() + " seconds",
                      "")
                  .withStatus(400);
            });
  }

  private Failure unavailable(Duration rest) {
    refuseLongerThanLife(rest);
    return lastFailure.orElseGet(
        () -> Failure.of(ExitCode.TRY_LATER, "The JWT expired immediately", ""));
  }

  private void renew() {
    requested = false;
    try {
      Credential credential = exchanges.newerThan(current.map(Credential::jwt), rights);
      received(credential);
      write(credential);
      succeeded(credential.jwt());
    } catch (Failure failure) {
      failed(failure);
    }
  }

  private synchronized void received(Credential credential) {
    Instant now = clock.instant();
    due = now.plus(RenewalTimes.afterSuccess(credential.jwt().lifetime(), chance()));
    received = now;
    lastFailure = Optional.empty();
    current = Optional.of(credential);
  }

  private synchronized void write(Credential credential) {
    if (!closed) {
      outputs.forEach(output -> output.write(credential));
    }
  }

  private void succeeded(Jwt jwt) {
    renewals.increment();
    failuresInRow = 0;
    reported = "";
    terminal.message(name() + ": JWT valid until " + jwt.expiresAt() + ".");
    renewed.run();
  }

  private void failed(Failure failure) {
    Instant now = clock.instant();
    failures.increment();
    failuresInRow++;
    due = now.plus(RenewalTimes.afterFailure(failuresInRow, failure.retryAfter(), chance()));
    lastFailure = Optional.of(failure);
    if (!failure.what().equals(reported) || !now.isBefore(reportedAt.plus(REMINDER))) {
      reported = failure.what();
      reportedAt = now;
      terminal.message(
          name()
              + ": not renewed, trying again: "
              + failure.what()
              + "."
              + failure.nextStep().map(next -> " " + next).orElse(""));
    }
  }

  private synchronized void expire() {
    if (current.isPresent() && !isValid()) {
      current = Optional.empty();
      terminal.message(name() + ": the JWT has expired.");
      deleteAll();
    }
  }

  synchronized void close() {
    closed = true;
    deleteAll();
  }

  /** An output that cannot be deleted is reported, and keeps neither the others nor the command. */
  private void deleteAll() {
    for (JwtOutput output : outputs) {
      try {
        output.delete();
      } catch (Failure undeletable) {
        terminal.message(undeletable.what() + ".");
      }
    }
  }

  /** Whether there is a JWT that has not expired. */
  public boolean isValid() {
    return usable(Duration.ZERO).isPresent();
  }

  /** Whether the server refused the token at the last attempt, so that repeating will not help. */
  public boolean isRefused() {
    return lastFailure
        .filter(failure -> failure.exitCode() == ExitCode.NOT_AUTHENTICATED)
        .isPresent();
  }

  /** Whether it has ever been valid. */
  public boolean hasStarted() {
    return renewals() > 0;
  }

  public long renewals() {
    return renewals.sum();
  }

  public long failures() {
    return failures.sum();
  }

  /** Empty if there is none. */
  public Optional<Instant> expiresAt() {
    return current.map(each -> each.jwt().expiresAt());
  }

  private Optional<Credential> usable(Duration rest) {
    Instant limit = clock.instant().plus(rest);
    return current.filter(each -> each.jwt().expiresAt().isAfter(limit));
  }

  /** The outputs, or the rights. */
  public String name() {
    if (!outputs.isEmpty()) {
      return String.join(", ", outputs.stream().map(JwtOutput::name).toList());
    }
    return "audience "
        + rights.audience().orElse("osmo")
        + (rights.roles().isEmpty() ? "" : ", roles " + String.join("+", rights.roles()));
  }

  private static double chance() {
    return ThreadLocalRandom.current().nextDouble();
  }
}
