package dev.osmo.cli.auth;

import picocli.CommandLine.Command;

@Command(
    name = "auth",
    description = "See what the login is worth, and hand its JWT to other programs.",
    subcommands = {
      AuthStatusCommand.class,
      AuthWhoamiCommand.class,
      AuthTokenCommand.class,
      AuthRefreshCommand.class,
      AuthExplainCommand.class
    })
public class AuthCommand {}
