package dev.osmo.cli.workflow;

/** What is scheduled before what. */
enum Priority {
  HIGH,
  NORMAL,
  LOW
}
