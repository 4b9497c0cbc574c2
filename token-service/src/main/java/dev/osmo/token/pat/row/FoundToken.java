package dev.osmo.token.pat.row;

import dev.osmo.token.minting.PatId;

/** A token that a name or an id led to, with the name as its owner wrote it. */
public record FoundToken(String ownerId, PatId id, String name) {}
