package dev.osmo.cli.admin;

import picocli.CommandLine.Command;

@Command(
    name = "admin",
    description = "Show the audit log, the policy and the signing keys; manage roles.",
    subcommands = {
      AdminAuditCommand.class,
      AdminKeysCommand.class,
      AdminPolicyCommand.class,
      AdminRoleCommand.class
    })
public class AdminCommand {}
