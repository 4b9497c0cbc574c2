package dev.osmo.cli.auth;

import picocli.CommandLine.Command;

@Command(
    name = "auth",
    description = "Check the context in use and get its JWT for other programs.",
    subcommands = {
      AuthStatusCommand.class,
      AuthWhoamiCommand.class,
      AuthTokenCommand.class,
      AuthRefreshCommand.class,
      SessionsCommand.class,
      AuthExplainCommand.class
    })
public class AuthCommand {}
