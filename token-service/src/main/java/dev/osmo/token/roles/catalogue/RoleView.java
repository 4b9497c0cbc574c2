package dev.osmo.token.roles.catalogue;

/** A role as clients see it. */
record RoleView(String name, String description) {}
