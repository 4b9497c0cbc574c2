package dev.osmo.token.pat.store;

import dev.osmo.pat.PatId;

/** A token that a name or an id led to, with the name as its owner wrote it. */
public record FoundToken(String ownerId, PatId id, String name) {}
