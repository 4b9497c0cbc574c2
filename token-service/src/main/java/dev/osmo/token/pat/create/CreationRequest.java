package dev.osmo.token.pat.create;

import dev.osmo.token.pat.rules.Description;
import dev.osmo.token.pat.rules.RequestedExpiry;
import dev.osmo.token.pat.rules.RequestedTrust;
import dev.osmo.token.pat.rules.TokenName;
import dev.osmo.token.pat.store.IdempotencyKey;
import java.time.Instant;
import java.util.Optional;

/**
 * A well-formed request to create a token.
 *
 * @param renewableUntil how far rotations may extend the expiry
 * @param trust the workload that the token trusts instead of having a secret
 * @param idempotency recognises a repetition of this request
 */
record CreationRequest(
    String ownerId,
    TokenName name,
    Description description,
    RequestedExpiry expiry,
    Optional<Instant> renewableUntil,
    RequestedRoles roles,
    Optional<RequestedTrust> trust,
    Optional<IdempotencyKey> idempotency) {}
