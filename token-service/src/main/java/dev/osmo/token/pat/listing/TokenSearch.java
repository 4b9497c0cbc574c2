package dev.osmo.token.pat.listing;

import dev.osmo.token.database.NativeQuery;
import dev.osmo.token.database.Reads;
import dev.osmo.token.paging.Cursor;
import dev.osmo.token.paging.Page;
import dev.osmo.token.pat.store.TokenRow;
import dev.osmo.token.pat.store.TokenState;
import dev.osmo.token.pat.store.TokenView;
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

  /**
   * The tokens of one user without a filter, which is what clients read most. Every part uses an
   * index, whatever the parameters are, so PostgreSQL plans it once for each connection.
   */
  static final String OF_OWNER =
      """
      WITH page AS (
        SELECT t.id, t.user_id, t.name, t.description, t.expires_at, t.created_at, t.state
          FROM access_token_with_state t
         WHERE t.user_id COLLATE "C" = :owner AND t.name COLLATE "C" > :after
         ORDER BY t.name COLLATE "C"
         LIMIT :limit
      ), listed AS MATERIALIZED (
        SELECT page.id, page.user_id, page.name, page.description, page.expires_at, page.created_at, page.state,
               used.last_used_at,
               (SELECT string_agg(r.role_name, ',' ORDER BY r.role_name) FROM effective_roles(page.id, :owner) r) AS roles
          FROM page LEFT JOIN access_token_use used ON used.token_id = page.id
      )
      SELECT l.id AS id, l.user_id AS user_id, l.name AS name, l.description AS description,
             l.expires_at AS expires_at, l.created_at AS created_at,
             state_of_owned(l.state, l.roles IS NOT NULL,
                            (SELECT must_sign_in(u.sign_in_due_at, statement_timestamp()) FROM users u WHERE u.id = :owner))
               AS state,
             l.last_used_at AS last_used_at, l.roles AS roles,
             CASE WHEN l.state = 'revoked'
                  THEN (SELECT s.reason FROM access_token_secret s
                         WHERE s.token_id = l.id AND s.revoked_at IS NOT NULL
                         ORDER BY s.revoked_at DESC, s.reason LIMIT 1) END AS revoked_because
        FROM listed l
       ORDER BY l.name COLLATE "C"
      """;

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

  private final Reads reads;

  TokenSearch(Reads reads) {
    this.reads = reads;
  }

  /**
   * The tokens of one user.
   *
   * @param ownerId as created
   */
  Uni<Page<TokenView>> ofOwner(String ownerId, TokenFilter filter) {
    return filter.isEmpty()
        ? page(filter, reads.list(allOf(ownerId, filter), TokenView::of))
        : find(filter.ofOwners(Set.of(ownerId)));
  }

  Uni<Page<TokenView>> find(TokenFilter filter) {
    return page(filter, reads.list(query(filter), row -> TokenView.of(TokenRow.of(row))));
  }

  private static Uni<Page<TokenView>> page(TokenFilter filter, Uni<List<TokenView>> rows) {
    return rows.map(found -> Page.of(found, filter.page(), TokenSearch::key));
  }

  private static Cursor key(TokenView token) {
    return Cursor.of(token.userName(), token.tokenName());
  }

  private static NativeQuery allOf(String ownerId, TokenFilter filter) {
    String after = filter.page().after(1);
    return NativeQuery.of(OF_OWNER)
        .with("owner", ownerId)
        .with("after", after == null ? "" : after)
        .with("limit", filter.page().rowsToRead());
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
