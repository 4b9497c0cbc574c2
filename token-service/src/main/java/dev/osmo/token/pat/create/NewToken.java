package dev.osmo.token.pat.create;

import dev.osmo.pat.PatId;
import dev.osmo.token.minting.MintedPat;
import dev.osmo.token.pat.rules.WorkloadTrust;

/** A new token with its credential. */
sealed interface NewToken {

  PatId id();

  record WithSecret(MintedPat minted) implements NewToken {

    @Override
    public PatId id() {
      return minted.id();
    }
  }

  /** It has no secret: only the workload can use it. */
  record WithTrust(PatId id, WorkloadTrust trust) implements NewToken {}
}
