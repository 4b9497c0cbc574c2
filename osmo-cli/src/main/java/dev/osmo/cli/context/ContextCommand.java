package dev.osmo.cli.context;

import picocli.CommandLine.Command;

@Command(
    name = "context",
    description = "Manage the saved contexts: servers you are logged in to.",
    subcommands = {
      ContextListCommand.class,
      ContextUseCommand.class,
      ContextShowCommand.class,
      ContextDeleteCommand.class
    })
public class ContextCommand {}
