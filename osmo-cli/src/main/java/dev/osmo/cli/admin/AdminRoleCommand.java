package dev.osmo.cli.admin;

import picocli.CommandLine.Command;

@Command(
    name = "role",
    description = "Manage the roles that users can hold.",
    subcommands = {
      RoleListCommand.class,
      RoleGetCommand.class,
      RoleSetCommand.class,
      RoleDeleteCommand.class
    })
class AdminRoleCommand {}
