package dev.osmo.cli.sidecar;

import picocli.CommandLine.Command;

/** {@code osmo sidecar}. */
@Command(
    name = "sidecar",
    description = "Keep valid JWTs in files, for a program that knows nothing of osmo.",
    subcommands = {SidecarOnceCommand.class, SidecarRunCommand.class, SidecarWaitCommand.class})
public class SidecarCommand {}
