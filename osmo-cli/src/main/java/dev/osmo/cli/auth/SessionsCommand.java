package dev.osmo.cli.auth;

import picocli.CommandLine.Command;

@Command(
    name = "sessions",
    description = "Manage the sessions that signing in through an identity provider starts.",
    subcommands = {SessionsListCommand.class, SessionsEndCommand.class})
class SessionsCommand {}
