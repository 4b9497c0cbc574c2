package dev.osmo.cli.sidecar;

import dev.osmo.cli.options.Downscope;
import dev.osmo.cli.output.Failure;
import dev.osmo.cli.output.Terminal;
import dev.osmo.cli.session.Credential;
import dev.osmo.cli.session.Jwt;
import dev.osmo.cli.session.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A JWT in one or more files, renewed in time. Until a renewal succeeds, the files keep the old
 * JWT, at most until it expires. After {@link #close} no file is written again.
 */
final class RenewedJwt {
  private static final Duration REMINDER = Duration.ofMinutes(1);

  private final Session session;
  private final Terminal terminal;
  private final Downscope rights;
  private final List<Sink> sinks;
  private Optional<Jwt> current = Optional.empty();
  private Instant due = Instant.EPOCH;
  private int failures;
  private String reported = "";
  private Instant reportedAt = Instant.EPOCH;
  private boolean closed;

  RenewedJwt(Session session, Terminal terminal, Downscope rights, List<Sink> sinks) {
    this.session = session;
    this.terminal = terminal;
    this.rights = rights;
    this.sinks = List.copyOf(sinks);
  }

  /**
   * @param atOnce before it is due, because there is another token
   */
  void renewIfDue(Instant now, boolean atOnce) {
    if (atOnce || !now.isBefore(due)) {
      try {
        Credential credential = exchanged();
        write(credential);
        renewed(credential.jwt(), now);
      } catch (Failure failure) {
        failed(failure, now);
      }
    }
    if (current.filter(jwt -> !jwt.expiresAt().isAfter(now)).isPresent()) {
      current = Optional.empty();
      expired();
    }
  }

  /** A JWT that the session still has from the last exchange is not new. */
  private Credential exchanged() {
    Credential credential = session.credential(rights);
    return current.filter(credential.jwt()::equals).isPresent()
        ? session.renewedCredential(rights)
        : credential;
  }

  private synchronized void write(Credential credential) {
    if (!closed) {
      sinks.forEach(sink -> sink.write(credential));
    }
  }

  private void renewed(Jwt jwt, Instant now) {
    current = Optional.of(jwt);
    due = now.plus(RenewalTimes.afterSuccess(jwt.lifetime(), chance()));
    failures = 0;
    reported = "";
    terminal.message(files() + ": JWT valid until " + jwt.expiresAt() + ".");
  }

  private void failed(Failure failure, Instant now) {
    failures++;
    due = now.plus(RenewalTimes.afterFailure(failures, chance()));
    if (!failure.what().equals(reported) || !now.isBefore(reportedAt.plus(REMINDER))) {
      reported = failure.what();
      reportedAt = now;
      terminal.message(
          files()
              + ": not renewed, trying again: "
              + failure.what()
              + "."
              + failure.nextStep().map(next -> " " + next).orElse(""));
    }
  }

  private synchronized void expired() {
    terminal.message(files() + ": the JWT has expired.");
    deleteAll();
  }

  synchronized void close() {
    closed = true;
    deleteAll();
  }

  /** A file that cannot be deleted is reported, and keeps neither the others nor the command. */
  private void deleteAll() {
    for (Sink sink : sinks) {
      try {
        sink.delete();
      } catch (Failure undeletable) {
        terminal.message(undeletable.what() + ".");
      }
    }
  }

  private String files() {
    return String.join(", ", sinks.stream().map(sink -> sink.file().toString()).toList());
  }

  private static double chance() {
    return ThreadLocalRandom.current().nextDouble();
  }
}
