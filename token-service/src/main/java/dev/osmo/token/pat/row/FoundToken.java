package dev.osmo.token.pat.row;

import dev.osmo.token.minting.PatId;

/** A token that a name led to, with the name as its owner wrote it. */
public record FoundToken(PatId id, String name) {}
