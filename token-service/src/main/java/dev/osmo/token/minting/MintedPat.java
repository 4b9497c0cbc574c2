package dev.osmo.token.minting;

/** A new token as it is stored, and its text, which is not. */
public record MintedPat(PatId id, PatText text, Lookup lookup, Phc phc) {

  /** The same secret, for a token that exists. */
  public MintedPat forToken(PatId existing) {
    return new MintedPat(existing, text, lookup, phc);
  }
}
