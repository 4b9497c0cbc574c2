package dev.osmo.cli.profile;

import picocli.CommandLine.Command;

@Command(
    name = "profile",
    description = "See your settings on the server.",
    subcommands = ProfileListCommand.class)
public class ProfileCommand {}
