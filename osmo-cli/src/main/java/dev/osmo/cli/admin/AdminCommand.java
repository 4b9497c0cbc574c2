package dev.osmo.cli.admin;

import dev.osmo.cli.admin.role.AdminRoleCommand;
import picocli.CommandLine.Command;

@Command(
    name = "admin",
    description = "See the audit trail, the policy, the signing keys; manage roles.",
    subcommands = {
      AdminAuditCommand.class,
      AdminKeysCommand.class,
      AdminPolicyCommand.class,
      AdminRoleCommand.class
    })
public class AdminCommand {}
