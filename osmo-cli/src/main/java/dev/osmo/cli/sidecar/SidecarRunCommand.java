package dev.osmo.cli.sidecar;

import dev.osmo.cli.environment.InterruptCleanup;
import dev.osmo.cli.output.Terminal;
import dev.osmo.cli.session.Session;
import dev.osmo.cli.session.TokenChanges;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code osmo sidecar run}: the container beside the program. */
@Command(
    name = "run",
    description = {
      "Write JWTs to files and renew them until SIGTERM, which deletes the files.",
      "A token file is read again when its content changes. If the server refuses the token, the"
          + " command goes on, so that it recovers when the token file is replaced. A file is"
          + " deleted when its JWT expires."
    })
class SidecarRunCommand implements Runnable {
  /** So often it looks at the token file and at the clock. */
  private static final Duration PAUSE = Duration.ofSeconds(1);

  @Mixin private SinkOptions sinks = new SinkOptions();

  private final Session session;
  private final TokenChanges changes;
  private final InterruptCleanup cleanup;
  private final Terminal terminal;
  private final Clock clock;

  SidecarRunCommand(
      Session session,
      TokenChanges changes,
      InterruptCleanup cleanup,
      Terminal terminal,
      Clock clock) {
    this.session = session;
    this.changes = changes;
    this.cleanup = cleanup;
    this.terminal = terminal;
    this.clock = clock;
  }

  @Override
  public void run() {
    sinks.all().forEach(Sink::requireFolder);
    sinks.all().forEach(sink -> sink.deleteIfExpired(clock.instant()));
    List<RenewedJwt> jwts =
        sinks.byRights().entrySet().stream()
            .map(entry -> new RenewedJwt(session, terminal, entry.getKey(), entry.getValue()))
            .toList();
    InterruptCleanup.Registration stop = cleanup.registerEnd(() -> jwts.forEach(RenewedJwt::close));
    try (stop) {
      while (!Thread.currentThread().isInterrupted()) {
        boolean changed = changes.sinceLastAsked();
        jwts.forEach(jwt -> jwt.renewIfDue(clock.instant(), changed));
        pause();
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
