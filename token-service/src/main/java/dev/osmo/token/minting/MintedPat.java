package dev.osmo.token.minting;

import dev.osmo.pat.Lookup;
import dev.osmo.pat.PatId;
import dev.osmo.pat.PatText;
import dev.osmo.pat.Phc;

/** A new token as it is stored, together with its text, which is not stored. */
public record MintedPat(PatId id, PatText text, Lookup lookup, Phc phc) {

  /** The same secret for an existing token. */
  public MintedPat forToken(PatId existing) {
    return new MintedPat(existing, text, lookup, phc);
  }
}
