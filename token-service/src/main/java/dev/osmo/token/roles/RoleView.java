package dev.osmo.token.roles;

/** A role as clients see it. */
record RoleView(String name, String description) {}
