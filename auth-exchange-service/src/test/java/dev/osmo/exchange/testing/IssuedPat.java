package dev.osmo.exchange.testing;

/** An access token as its owner received it, and what a test needs to find it. */
public record IssuedPat(String text, String id, String owner, String name) {}
