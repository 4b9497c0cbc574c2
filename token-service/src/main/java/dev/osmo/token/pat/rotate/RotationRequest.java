package dev.osmo.token.pat.rotate;

import dev.osmo.token.pat.rules.RequestedExpiry;
import dev.osmo.token.pat.store.TokenAddress;

/** A well-formed request to rotate a token. */
record RotationRequest(
    String ownerId, TokenAddress token, RequestedGrace grace, RequestedExpiry expiry) {}
