package dev.osmo.token.races;

import dev.osmo.token.testing.People;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A created token as the database has it.
 *
 * @param created the roles at its creation, from the audit row
 * @param snapshot the roles that are still in its snapshot
 * @param effective those of them whose assignment its owner still has
 */
record Outcome(String request, Set<String> created, Set<String> snapshot, Set<String> effective) {

  private static final String OF_USER =
      """
      SELECT concat_ws('|', e.request_id,
               (SELECT string_agg(r, ',') FROM jsonb_array_elements_text(e.details->'roles') r),
               coalesce((SELECT string_agg(s.role_name, ',') FROM access_token_role s WHERE s.token_id = e.pat_id), ''),
               coalesce((SELECT string_agg(a.role_name, ',') FROM access_token_role s
                           JOIN role_assignment a ON a.id = s.assignment_id WHERE s.token_id = e.pat_id), ''))
        FROM audit_event e WHERE e.action = 'token.created' AND e.user_id = ?
      """;
  private static final String BROKEN =
      """
      SELECT 'snapshot of somebody else''s assignment: ' || t.id
        FROM access_token t JOIN access_token_role s ON s.token_id = t.id
        LEFT JOIN role_assignment a ON a.id = s.assignment_id
        LEFT JOIN role_removal r ON r.assignment_id = s.assignment_id
       WHERE t.user_id = ? AND coalesce(a.user_id, r.user_id, '') <> t.user_id
      UNION ALL
      SELECT 'more than two live secrets: ' || t.id
        FROM access_token t JOIN access_token_secret s ON s.token_id = t.id
       WHERE t.user_id = ? AND s.revoked_at IS NULL AND (s.valid_until IS NULL OR s.valid_until > clock_timestamp())
       GROUP BY t.id HAVING count(*) > 2
      UNION ALL
      SELECT 'a token without a secret: ' || t.id
        FROM access_token t WHERE t.user_id = ? AND NOT EXISTS (SELECT FROM access_token_secret s WHERE s.token_id = t.id)
      """;

  static List<Outcome> ofUser(String user) {
    return People.query(OF_USER, user).stream().map(Outcome::parse).toList();
  }

  static List<String> broken(String user) {
    return People.query(BROKEN, user, user, user);
  }

  private static Outcome parse(String row) {
    String[] parts = row.split("\\|", -1);
    return new Outcome(parts[0], names(parts[1]), names(parts[2]), names(parts[3]));
  }

  private static Set<String> names(String text) {
    return text.isEmpty() ? Set.of() : new TreeSet<>(List.of(text.split(",")));
  }
}
