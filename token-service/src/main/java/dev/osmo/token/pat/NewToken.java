package dev.osmo.token.pat;

/** What a caller asks for, once its shape is right. */
record NewToken(
    String ownerId,
    TokenName name,
    Description description,
    RequestedExpiry expiry,
    RoleChoice roles) {}
