package dev.osmo.token.pat.listing;

import dev.osmo.token.paging.Cursor;
import dev.osmo.token.paging.Page;
import dev.osmo.token.pat.store.TokenRow;
import dev.osmo.token.pat.store.TokenState;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/**
 * Finds tokens, ordered by owner and then by name: both stay what they are as long as the token
 * lives, so pages neither repeat nor leave out a token that was there all the time.
 */
@ApplicationScoped
class TokenSearch {

  static final int KEY_PARTS = 2;

  /** The state says the same as {@link TokenState#of}. Neither user ids nor states hold a comma. */
  private static final String MATCHING =
      TokenRow.SELECT
          + """
             FROM access_token t
             LEFT JOIN access_token_use used ON used.token_id = t.id
             CROSS JOIN LATERAL (
               SELECT CASE WHEN NOT EXISTS (SELECT FROM access_token_secret s
                                             WHERE s.token_id = t.id AND s.revoked_at IS NULL
                                               AND (s.valid_until IS NULL OR s.valid_until > clock_timestamp())) THEN 'revoked'
                           WHEN t.expires_at <= clock_timestamp() THEN 'expired'
                           WHEN t.suspended_at IS NOT NULL THEN 'suspended'
                           ELSE 'active' END AS name) state
            WHERE (CAST(:owners AS text) IS NULL OR t.user_id = ANY (string_to_array(CAST(:owners AS text), ',')))
              AND (CAST(:states AS text) IS NULL OR state.name = ANY (string_to_array(CAST(:states AS text), ',')))
              AND t.created_at >= coalesce(CAST(CAST(:created_after AS text) AS timestamptz), '-infinity')
              AND t.created_at < coalesce(CAST(CAST(:created_before AS text) AS timestamptz), 'infinity')
              AND t.expires_at >= coalesce(CAST(CAST(:expires_after AS text) AS timestamptz), '-infinity')
              AND t.expires_at < coalesce(CAST(CAST(:expires_before AS text) AS timestamptz), 'infinity')
              AND (CAST(:used_after AS text) IS NULL OR used.last_used_at >= CAST(CAST(:used_after AS text) AS timestamptz))
              AND (CAST(:used_before AS text) IS NULL OR used.last_used_at < CAST(CAST(:used_before AS text) AS timestamptz))
              AND (CAST(:unused_for AS text) IS NULL
                   OR coalesce(used.last_used_at, t.created_at) <= clock_timestamp() - CAST(CAST(:unused_for AS text) AS interval))
              AND (CAST(:after_owner AS text) IS NULL
                   OR (t.user_id COLLATE "C", t.name COLLATE "C") > (CAST(:after_owner AS text), CAST(:after_name AS text)))
            ORDER BY t.user_id COLLATE "C", t.name COLLATE "C"
            LIMIT CAST(:limit AS integer)
          """;

  Uni<Page<TokenRow>> find(TokenFilter filter) {
    return Panache.getSession()
        .chain(session -> query(session, filter).getResultList())
        .map(rows -> rows.stream().map(TokenRow::of).toList())
        .map(rows -> Page.of(rows, filter.page(), TokenSearch::key));
  }

  private static Cursor key(TokenRow row) {
    return Cursor.of(row.userId(), row.name());
  }

  private static Mutiny.SelectionQuery<Tuple> query(Mutiny.Session session, TokenFilter filter) {
    return session
        .createNativeQuery(MATCHING, Tuple.class)
        .setParameter("owners", joined(filter.owners()))
        .setParameter(
            "states",
            joined(
                filter.states().stream().map(TokenState::searchName).collect(Collectors.toSet())))
        .setParameter("created_after", filter.created().after())
        .setParameter("created_before", filter.created().before())
        .setParameter("expires_after", filter.expires().after())
        .setParameter("expires_before", filter.expires().before())
        .setParameter("used_after", filter.lastUsed().after())
        .setParameter("used_before", filter.lastUsed().before())
        .setParameter("unused_for", filter.unusedFor().map(Object::toString).orElse(null))
        .setParameter("after_owner", filter.page().after(0))
        .setParameter("after_name", filter.page().after(1))
        .setParameter("limit", filter.page().rowsToRead());
  }

  private static @Nullable String joined(Set<String> names) {
    return names.isEmpty() ? null : String.join(",", List.copyOf(names));
  }
}
