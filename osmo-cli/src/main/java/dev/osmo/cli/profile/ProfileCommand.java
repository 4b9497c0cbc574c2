package dev.osmo.cli.profile;

import picocli.CommandLine.Command;

@Command(
    name = "profile",
    description = "Show and change your settings on the server.",
    subcommands = {ProfileListCommand.class, ProfileSetCommand.class})
public class ProfileCommand {}
