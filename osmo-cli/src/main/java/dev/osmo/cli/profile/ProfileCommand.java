package dev.osmo.cli.profile;

import picocli.CommandLine.Command;

@Command(
    name = "profile",
    description = "See and change your settings on the server.",
    subcommands = {ProfileListCommand.class, ProfileSetCommand.class})
public class ProfileCommand {}
