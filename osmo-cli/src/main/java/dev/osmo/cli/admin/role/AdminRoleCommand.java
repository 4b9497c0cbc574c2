package dev.osmo.cli.admin.role;

import picocli.CommandLine.Command;

@Command(
    name = "role",
    description = "Manage the roles that users can be granted.",
    subcommands = {
      RoleListCommand.class,
      RoleGetCommand.class,
      RoleSetCommand.class,
      RoleDeleteCommand.class
    })
public class AdminRoleCommand {}
