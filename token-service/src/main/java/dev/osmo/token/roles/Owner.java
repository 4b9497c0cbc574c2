package dev.osmo.token.roles;

/** The user who owns the tokens or roles of a request. */
public record Owner(String id, boolean disabled) {}
