package dev.osmo.cli.sidecar;

import dev.osmo.cli.listen.ListenAddress;
import dev.osmo.cli.listen.LocalCall;
import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code osmo sidecar shutdown}: the last step of a job whose sidecar is an ordinary container. */
@Command(
    name = "shutdown",
    description = {
      "End an osmo sidecar run on this machine, or in this pod. It needs the option --allow-quit.",
      "Sends no token and needs none."
    })
class SidecarShutdownCommand implements Runnable {
  @Option(
      names = "--listen",
      required = true,
      paramLabel = "ADDRESS",
      description = "The address of its API: 127.0.0.1:PORT or unix:PATH.")
  private String address = "";

  @Override
  public void run() {
    ListenAddress api = ListenAddress.local("--listen", address);
    int status = LocalCall.status(api, "POST", TokenApi.QUIT);
    if (status != 200) {
      throw Failure.of(
          ExitCode.FORBIDDEN,
          "The sidecar on " + address + " does not exit (status " + status + ")",
          "Start it with --allow-quit.");
    }
  }
}
