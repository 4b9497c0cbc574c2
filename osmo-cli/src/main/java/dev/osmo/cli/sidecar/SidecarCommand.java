package dev.osmo.cli.sidecar;

import picocli.CommandLine.Command;

/** {@code osmo sidecar}. */
@Command(
    name = "sidecar",
    description = "Give valid JWTs to a program that knows nothing of osmo.",
    subcommands = {
      SidecarOnceCommand.class,
      SidecarRunCommand.class,
      SidecarWaitCommand.class,
      SidecarShutdownCommand.class
    })
public class SidecarCommand {}
