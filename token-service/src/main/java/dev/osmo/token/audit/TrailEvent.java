package dev.osmo.token.audit;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event of the trail as the owner of the token sees it.
 *
 * @param what the kind of change, for example {@code token.rotated}
 * @param by the user, or the database user of a service that acted on its own
 * @param via the access token that was exchanged for the user's JWT
 */
public record TrailEvent(
    Instant at, String what, String by, @Nullable String via, JsonNode details) {}
