package dev.osmo.cli;

/** What a run of osmo left behind. */
record CommandResult(int code, String out, String err) {}
