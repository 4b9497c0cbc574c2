package dev.osmo.cli;

import jakarta.inject.Singleton;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;
import picocli.CommandLine.Model.CommandSpec;

/** All commands, created as in the program. */
@Singleton
public class CommandTree {
  private final IFactory beans;

  CommandTree(IFactory beans) {
    this.beans = beans;
  }

  public CommandSpec root() {
    return new CommandLine(OsmoCommand.class, beans).getCommandSpec();
  }
}
