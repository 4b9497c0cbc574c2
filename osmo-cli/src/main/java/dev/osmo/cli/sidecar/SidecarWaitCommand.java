package dev.osmo.cli.sidecar;

import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code osmo sidecar wait}: the probe of a container that runs {@code osmo sidecar run}. */
@Command(
    name = "wait",
    description = "Wait until each file has a valid JWT. Sends no request and needs no token.")
class SidecarWaitCommand implements Runnable {
  private static final Duration PAUSE = Duration.ofMillis(100);

  @Mixin private SinkOptions sinks = new SinkOptions();

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description = "Fail after this many seconds (default: ${DEFAULT-VALUE}); with 0 look once.")
  private int seconds;

  private final Clock clock;

  SidecarWaitCommand(Clock clock) {
    this.clock = clock;
  }

  @Override
  public void run() {
    Instant deadline = clock.instant().plusSeconds(seconds);
    for (List<Sink> missing = missing(); !missing.isEmpty(); missing = missing()) {
      if (!clock.instant().isBefore(deadline)) {
        throw Failure.of(
            ExitCode.TRY_LATER,
            missing.getFirst().file() + " has no valid JWT",
            "See the messages of osmo sidecar run.");
      }
      pause();
    }
  }

  private List<Sink> missing() {
    Instant now = clock.instant();
    return sinks.all().stream().filter(sink -> !sink.isFresh(now)).toList();
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw Failure.of(ExitCode.INTERRUPTED, "Interrupted", "");
    }
  }
}
