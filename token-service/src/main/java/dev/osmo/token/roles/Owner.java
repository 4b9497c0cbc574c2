package dev.osmo.token.roles;

/** A user whose row is locked by this transaction. */
public record Owner(String id, boolean disabled) {}
