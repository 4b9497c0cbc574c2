package dev.osmo.token.pat.rotate;

import dev.osmo.token.pat.target.TokenAddress;
import dev.osmo.token.pat.terms.RequestedExpiry;

/** What a caller asks for, once its shape is right. */
record RotationRequest(String ownerId, TokenAddress token, Grace grace, RequestedExpiry expiry) {}
