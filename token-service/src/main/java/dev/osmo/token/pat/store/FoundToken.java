package dev.osmo.token.pat.store;

import dev.osmo.pat.PatId;

/** A token found by name or id, with its name as stored. */
public record FoundToken(String ownerId, PatId id, String name) {}
