package dev.osmo.bench.start;

/**
 * One measured start.
 *
 * @param service that was started
 * @param cached whether it had the ahead-of-time cache of an earlier run
 * @param millis from the start of the process until it was ready
 */
public record ServiceStart(String service, boolean cached, double millis) {}
