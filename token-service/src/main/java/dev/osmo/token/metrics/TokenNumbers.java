package dev.osmo.token.metrics;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How many tokens are in which state, and how many active ones end within how many days. */
@ApplicationScoped
class TokenNumbers {

  static final List<String> STATES = List.of("active", "expired", "suspended", "revoked");
  static final List<String> DAYS = List.of("1", "7", "30", "90");

  /** The states are told apart as everywhere: revoked wins, then expired, then suspended. */
  private static final String COUNT =
      """
      WITH token AS (
        SELECT t.expires_at - clock_timestamp() AS remaining,
               CASE WHEN NOT EXISTS (SELECT FROM access_token_secret s
                                      WHERE s.token_id = t.id AND s.revoked_at IS NULL
                                        AND (s.valid_until IS NULL OR s.valid_until > clock_timestamp()))
                    THEN 'revoked'
                    WHEN t.expires_at <= clock_timestamp() THEN 'expired'
                    WHEN t.suspended_at IS NOT NULL THEN 'suspended'
                    ELSE 'active' END AS state
          FROM access_token t
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
            Panache.getSession()
                .chain(
                    session ->
                        session
                            .createNativeQuery(COUNT, Tuple.class)
                            .setParameter("days", String.join(",", DAYS))
                            .getResultList())
                .invoke(this::remember)
                .replaceWithVoid());
  }

  private void remember(List<Tuple> rows) {
    STATES.forEach(state -> known.put(state, 0L));
    rows.forEach(row -> known.put(row.get("name", String.class), row.get("number", Long.class)));
  }
}
