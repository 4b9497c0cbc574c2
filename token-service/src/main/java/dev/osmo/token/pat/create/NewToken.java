package dev.osmo.token.pat.create;

import dev.osmo.token.pat.rules.Description;
import dev.osmo.token.pat.rules.RequestedExpiry;
import dev.osmo.token.pat.rules.TokenName;
import dev.osmo.token.pat.store.IdempotencyKey;
import java.time.Instant;
import java.util.Optional;

/**
 * What a caller asks for, once its shape is right.
 *
 * @param renewableUntil how far rotations may move the end later
 * @param idempotency how a repetition of this very request is recognised
 */
public record NewToken(
    String ownerId,
    TokenName name,
    Description description,
    RequestedExpiry expiry,
    Optional<Instant> renewableUntil,
    RoleChoice roles,
    Optional<IdempotencyKey> idempotency) {}
