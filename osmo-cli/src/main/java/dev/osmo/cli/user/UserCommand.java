package dev.osmo.cli.user;

import picocli.CommandLine.Command;

@Command(
    name = "user",
    description = "Manage users and their roles; for administrators.",
    subcommands = {
      UserCreateCommand.class,
      UserGetCommand.class,
      UserListCommand.class,
      UserUpdateCommand.class,
      UserDeleteCommand.class
    })
public class UserCommand {}
