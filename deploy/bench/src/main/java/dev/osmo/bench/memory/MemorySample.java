package dev.osmo.bench.memory;

/**
 * The resident memory of a service at one moment.
 *
 * @param seconds since the load began
 */
public record MemorySample(String service, double seconds, long mebibytes) {}
