package dev.osmo.token.pat.create;

import dev.osmo.token.pat.replay.IdempotencyKey;
import dev.osmo.token.pat.terms.Description;
import dev.osmo.token.pat.terms.RequestedExpiry;
import dev.osmo.token.pat.terms.TokenName;
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
