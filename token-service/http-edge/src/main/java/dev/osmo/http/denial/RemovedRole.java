package dev.osmo.http.denial;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A role that an access token lost because it was removed from the token's owner. */
@Schema(name = "DeniedRole")
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record RemovedRole(String role, String removedBy, Instant removedAt) {}
