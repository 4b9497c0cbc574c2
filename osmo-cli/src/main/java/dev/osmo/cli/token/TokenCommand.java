package dev.osmo.cli.token;

import dev.osmo.cli.tokentext.TokenGenerateCommand;
import dev.osmo.cli.tokentext.TokenScanCommand;
import dev.osmo.cli.tokentext.TokenVerifyCommand;
import picocli.CommandLine.Command;

@Command(
    name = "token",
    description = "Create, list, inspect, find and delete personal access tokens.",
    subcommands = {
      TokenSetCommand.class,
      TokenListCommand.class,
      TokenRolesCommand.class,
      TokenDeleteCommand.class,
      TokenGenerateCommand.class,
      TokenVerifyCommand.class,
      TokenScanCommand.class
    })
public class TokenCommand {}
