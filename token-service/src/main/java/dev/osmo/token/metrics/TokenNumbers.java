package dev.osmo.token.metrics;

import dev.osmo.token.database.NativeQuery;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts the tokens in each state, and the active tokens that expire within some days. */
@ApplicationScoped
class TokenNumbers {

  static final List<String> STATES = List.of("active", "expired", "suspended", "revoked");
  static final List<String> DAYS = List.of("1", "7", "30", "90");

  private static final String COUNT =
      """
      WITH token AS (
        SELECT t.expires_at - statement_timestamp() AS remaining, t.state FROM access_token_with_state t
      )
      SELECT token.state AS name, count(*) AS number FROM token GROUP BY token.state
      UNION ALL
      SELECT bucket.days, count(token.state)
        FROM unnest(string_to_array(:days, ',')) AS bucket (days)
        LEFT JOIN token ON token.state = 'active' AND token.remaining <= make_interval(days => CAST(bucket.days AS integer))
       GROUP BY bucket.days
      """;

  private final Map<String, Long> known = new ConcurrentHashMap<>();

  /** Not a number until the first reading. */
  double of(String stateOrDays) {
    return known.isEmpty() ? Double.NaN : known.getOrDefault(stateOrDays, 0L);
  }

  Uni<Void> read() {
    return Panache.withSession(
        () ->
            NativeQuery.of(COUNT)
                .with("days", String.join(",", DAYS))
                .list(row -> Map.entry(row.text("name"), row.number("number")))
                .invoke(this::store)
                .replaceWithVoid());
  }

  private void store(List<Map.Entry<String, Long>> counts) {
    STATES.forEach(state -> known.put(state, 0L));
    counts.forEach(count -> known.put(count.getKey(), count.getValue()));
  }
}
