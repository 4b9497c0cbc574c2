package dev.osmo.cli.context;

import picocli.CommandLine.Command;

@Command(
    name = "context",
    description = "Keep several logins and choose between them.",
    subcommands = {
      ContextListCommand.class,
      ContextUseCommand.class,
      ContextShowCommand.class,
      ContextDeleteCommand.class
    })
public class ContextCommand {}
