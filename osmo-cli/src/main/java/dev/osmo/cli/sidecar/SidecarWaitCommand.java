package dev.osmo.cli.sidecar;

import dev.osmo.cli.listen.ListenAddress;
import dev.osmo.cli.listen.LocalCall;
import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code osmo sidecar wait}: the probe of a container that runs {@code osmo sidecar run}. */
@Command(
    name = "wait",
    description =
        "Wait until each file has a valid JWT, and the sidecar reports that it is ready. Needs no"
            + " token.")
class SidecarWaitCommand implements Runnable {
  private static final Duration PAUSE = Duration.ofMillis(100);

  @Mixin private SinkOptions sinks = new SinkOptions();

  @Option(
      names = "--health",
      paramLabel = "ADDRESS",
      description = "The address of its probes: 127.0.0.1:PORT or unix:PATH.")
  private Optional<String> health = Optional.empty();

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
    Optional<ListenAddress> probed = health.map(text -> ListenAddress.local("--health", text));
    if (probed.isEmpty()) {
      sinks.atLeastOne();
    }
    Instant deadline = clock.instant().plusSeconds(seconds);
    for (Optional<String> missing = missing(probed);
        missing.isPresent();
        missing = missing(probed)) {
      if (!clock.instant().isBefore(deadline)) {
        throw Failure.of(
            ExitCode.TRY_LATER, missing.get(), "See the messages of osmo sidecar run.");
      }
      pause();
    }
  }

  /** What there is to wait for; empty if everything is there. */
  private Optional<String> missing(Optional<ListenAddress> probed) {
    Instant now = clock.instant();
    Stream<String> files =
        sinks.all().stream()
            .filter(sink -> !sink.isFresh(now))
            .map(sink -> sink.file() + " has no valid JWT");
    Stream<String> probes =
        probed.stream()
            .filter(address -> !isReady(address))
            .map(address -> "The sidecar on " + address + " is not ready");
    return Stream.concat(files, probes).findFirst();
  }

  private static boolean isReady(ListenAddress address) {
    try {
      return LocalCall.status(address, "GET", "/readiness") == 200;
    } catch (Failure notStarted) {
      return false;
    }
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
