package dev.osmo.token.minting;

/** A token that nobody has seen yet: its id and text, and what is stored of the text. */
public record MintedPat(PatId id, PatText text, Lookup lookup, Phc phc) {}
