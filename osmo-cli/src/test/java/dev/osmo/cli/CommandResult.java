package dev.osmo.cli;

/** The exit code and the output of a command. */
record CommandResult(int code, String out, String err) {}
