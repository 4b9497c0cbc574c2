package dev.osmo.cli.token;

import picocli.CommandLine.Command;

@Command(
    name = "token",
    description = "Create, list, inspect and delete personal access tokens.",
    subcommands = {
      TokenSetCommand.class,
      TokenListCommand.class,
      TokenRolesCommand.class,
      TokenDeleteCommand.class
    })
public class TokenCommand {}
