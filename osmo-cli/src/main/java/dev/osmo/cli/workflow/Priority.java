package dev.osmo.cli.workflow;

/** The scheduling priority of a workflow. */
enum Priority {
  HIGH,
  NORMAL,
  LOW
}
