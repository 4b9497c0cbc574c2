package dev.osmo.token.pat.listing;

import dev.osmo.token.database.NativeQuery;
import dev.osmo.token.paging.Cursor;
import dev.osmo.token.paging.Page;
import dev.osmo.token.pat.store.TokenRow;
import dev.osmo.token.pat.store.TokenState;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds tokens, ordered by owner and then by name. Neither ever changes for a token, so pages
 * neither repeat nor skip a token that exists throughout.
 */
@ApplicationScoped
class TokenSearch {

  static final int KEY_PARTS = 2;

  /** Neither user ids nor states contain a comma. */
  private static final String MATCHING =
      TokenRow.SELECT
          + """
             LEFT JOIN access_token_use used ON used.token_id = t.id
            WHERE (CAST(:owners AS text) IS NULL OR t.user_id = ANY (string_to_array(CAST(:owners AS text), ',')))
              AND (CAST(:states AS text) IS NULL OR t.state = ANY (string_to_array(CAST(:states AS text), ',')))
              AND t.created_at >= coalesce(CAST(CAST(:created_after AS text) AS timestamptz), '-infinity')
              AND t.created_at < coalesce(CAST(CAST(:created_before AS text) AS timestamptz), 'infinity')
              AND t.expires_at >= coalesce(CAST(CAST(:expires_after AS text) AS timestamptz), '-infinity')
              AND t.expires_at < coalesce(CAST(CAST(:expires_before AS text) AS timestamptz), 'infinity')
              AND (CAST(:used_after AS text) IS NULL OR used.last_used_at >= CAST(CAST(:used_after AS text) AS timestamptz))
              AND (CAST(:used_before AS text) IS NULL OR used.last_used_at < CAST(CAST(:used_before AS text) AS timestamptz))
              AND (CAST(:unused_for AS text) IS NULL
                   OR coalesce(used.last_used_at, t.created_at) <= statement_timestamp() - CAST(CAST(:unused_for AS text) AS interval))
              AND (CAST(:after_owner AS text) IS NULL
                   OR (t.user_id COLLATE "C", t.name COLLATE "C") > (CAST(:after_owner AS text), CAST(:after_name AS text)))
            ORDER BY t.user_id COLLATE "C", t.name COLLATE "C"
            LIMIT CAST(:limit AS integer)
          """;

  Uni<Page<TokenRow>> find(TokenFilter filter) {
    return query(filter)
        .list(TokenRow::of)
        .map(rows -> Page.of(rows, filter.page(), TokenSearch::key));
  }

  private static Cursor key(TokenRow row) {
    return Cursor.of(row.userId(), row.name());
  }

  private static NativeQuery query(TokenFilter filter) {
    return NativeQuery.of(MATCHING)
        .with("owners", joined(filter.owners()))
        .with(
            "states",
            joined(
                filter.states().stream().map(TokenState::searchName).collect(Collectors.toSet())))
        .with("created_after", filter.created().after())
        .with("created_before", filter.created().before())
        .with("expires_after", filter.expires().after())
        .with("expires_before", filter.expires().before())
        .with("used_after", filter.lastUsed().after())
        .with("used_before", filter.lastUsed().before())
        .with("unused_for", filter.unusedFor().map(Object::toString).orElse(null))
        .with("after_owner", filter.page().after(0))
        .with("after_name", filter.page().after(1))
        .with("limit", filter.page().rowsToRead());
  }

  private static @Nullable String joined(Set<String> names) {
    return names.isEmpty() ? null : String.join(",", List.copyOf(names));
  }
}
