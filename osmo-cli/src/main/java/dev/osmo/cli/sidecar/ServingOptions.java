package dev.osmo.cli.sidecar;

import dev.osmo.cli.listen.ListenAddress;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What {@code osmo sidecar run} listens on. */
class ServingOptions {
  @Option(
      names = "--listen",
      paramLabel = "ADDRESS",
      description =
          "Give JWTs to programs that ask: 127.0.0.1:PORT or unix:PATH. Other machines cannot be"
              + " allowed.")
  private Optional<String> listen = Optional.empty();

  @Option(
      names = "--health",
      paramLabel = "ADDRESS",
      description =
          "Serve /startup, /liveness, /readiness and /metrics: ADDRESS:PORT, or :PORT for every"
              + " address of the machine.")
  private Optional<String> health = Optional.empty();

  @Option(
      names = "--allow-quit",
      description = "Let programs end the sidecar: osmo sidecar shutdown, or POST /quitquitquit.")
  private boolean quitAllowed;

  Optional<ListenAddress> listen() {
    return listen.map(text -> ListenAddress.local("--listen", text));
  }

  Optional<ListenAddress> health() {
    return health.map(text -> ListenAddress.any("--health", text));
  }

  boolean isQuitAllowed() {
    return quitAllowed;
  }
}
