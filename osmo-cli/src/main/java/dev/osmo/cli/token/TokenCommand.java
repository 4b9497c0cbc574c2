package dev.osmo.cli.token;

import dev.osmo.cli.token.life.TokenResumeCommand;
import dev.osmo.cli.token.life.TokenRevokeCommand;
import dev.osmo.cli.token.life.TokenRotateCommand;
import dev.osmo.cli.token.life.TokenShowCommand;
import dev.osmo.cli.token.life.TokenSuspendCommand;
import dev.osmo.cli.tokentext.TokenGenerateCommand;
import dev.osmo.cli.tokentext.TokenScanCommand;
import dev.osmo.cli.tokentext.TokenVerifyCommand;
import picocli.CommandLine.Command;

@Command(
    name = "token",
    description = "Create, list, inspect, rotate, find and end personal access tokens.",
    subcommands = {
      TokenSetCommand.class,
      TokenListCommand.class,
      TokenRolesCommand.class,
      TokenDeleteCommand.class,
      TokenShowCommand.class,
      TokenRotateCommand.class,
      TokenSuspendCommand.class,
      TokenResumeCommand.class,
      TokenRevokeCommand.class,
      TokenGenerateCommand.class,
      TokenVerifyCommand.class,
      TokenScanCommand.class
    })
public class TokenCommand {}
