package dev.osmo.http.denial;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The member {@code denial} of a refusal. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record Denial(
    String reason,
    @Nullable String tokenName,
    String userName,
    @Nullable Instant since,
    @Nullable String by,
    String message,
    List<RemovedRole> removedRoles,
    List<String> next) {

  public static Denial of(DenialFacts facts) {
    return new Denial(
        facts.reason().wireName(),
        facts.token(),
        facts.owner(),
        facts.since(),
        facts.by(),
        facts.message(),
        facts.removed(),
        facts.next());
  }
}
