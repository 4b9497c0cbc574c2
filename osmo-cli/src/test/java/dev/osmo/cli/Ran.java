package dev.osmo.cli;

/** What a run of osmo left behind. */
record Ran(int code, String out, String err) {}
