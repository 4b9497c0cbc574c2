package dev.osmo.exchange.testing;

/** A token as its owner got it, and what a test needs to find it again. */
public record IssuedPat(String text, String id, String owner, String name) {}
