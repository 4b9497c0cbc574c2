package dev.osmo.token.pat.rotate;

import dev.osmo.token.pat.rules.RequestedExpiry;
import dev.osmo.token.pat.store.TokenAddress;

/** What a caller asks for, once its shape is right. */
record RotationRequest(String ownerId, TokenAddress token, Grace grace, RequestedExpiry expiry) {}
