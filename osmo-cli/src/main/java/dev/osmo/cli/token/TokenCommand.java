package dev.osmo.cli.token;

import dev.osmo.cli.scan.TokenGenerateCommand;
import dev.osmo.cli.scan.TokenScanCommand;
import dev.osmo.cli.scan.TokenVerifyCommand;
import picocli.CommandLine.Command;

@Command(
    name = "token",
    description =
        "Create, list, show, explain, rotate, suspend, revoke and find personal access tokens.",
    subcommands = {
      TokenSetCommand.class,
      TokenListCommand.class,
      TokenRolesCommand.class,
      TokenDeleteCommand.class,
      TokenShowCommand.class,
      TokenExplainCommand.class,
      TokenRotateCommand.class,
      TokenSuspendCommand.class,
      TokenResumeCommand.class,
      TokenRevokeCommand.class,
      TokenGenerateCommand.class,
      TokenVerifyCommand.class,
      TokenScanCommand.class
    })
public class TokenCommand {}
