package dev.osmo.cli.workflow;

import picocli.CommandLine.Command;

@Command(
    name = "workflow",
    description = "List and submit workflows.",
    subcommands = {WorkflowListCommand.class, WorkflowSubmitCommand.class})
public class WorkflowCommand {}
