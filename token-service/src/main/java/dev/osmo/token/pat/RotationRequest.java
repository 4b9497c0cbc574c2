package dev.osmo.token.pat;

/** What a caller asks for, once its shape is right. */
record RotationRequest(String ownerId, TokenAddress token, Grace grace, RequestedExpiry expiry) {}
