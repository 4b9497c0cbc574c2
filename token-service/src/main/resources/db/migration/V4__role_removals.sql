-- The role-removal event, and the pruning that answers it. The row is the truth; the notification is only a doorbell.

CREATE TABLE role_removal (
  id            bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY, -- not in commit order: never drain by "id > cursor"
  assignment_id uuid        NOT NULL CONSTRAINT role_removal_once UNIQUE,
  user_id       text        NOT NULL,
  role_name     text        NOT NULL,
  removed_by    text        NOT NULL,
  removed_at    timestamptz NOT NULL DEFAULT now(),
  pruned_at     timestamptz,
  pruned_tokens integer
);
CREATE INDEX role_removal_due ON role_removal (removed_at, id) WHERE pruned_at IS NULL;

-- Whatever deletes an assignment, a cascade included, leaves its event. Locking the owner's row puts every removal in one
-- line with the creations of that owner's tokens.
CREATE FUNCTION record_role_removal() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = osmo, pg_temp AS $$
BEGIN
  PERFORM FROM users WHERE id = OLD.user_id FOR NO KEY UPDATE;
  INSERT INTO role_removal (assignment_id, user_id, role_name, removed_by)
  VALUES (OLD.id, OLD.user_id, OLD.role_name, coalesce(nullif(current_setting('osmo.actor', true), ''), session_user));
  PERFORM pg_notify('role_removed', '');
  RETURN NULL;
END
$$;
CREATE TRIGGER role_assignment_removal AFTER DELETE ON role_assignment
  FOR EACH ROW EXECUTE FUNCTION record_role_removal();

-- Prunes up to batch_size removals from every token that still names them and answers with what it pruned. Replicas
-- share the work: each skips what another holds. A removal is pruned exactly once, together with its audit row.
CREATE FUNCTION prune_removals(batch_size integer)
RETURNS TABLE (removal_id bigint, user_id text, role_name text, removed_at timestamptz, pruned_tokens integer)
LANGUAGE sql SECURITY DEFINER SET search_path = osmo, pg_temp AS $$
  WITH due AS MATERIALIZED (
    SELECT r.id, r.assignment_id FROM role_removal r
     WHERE r.pruned_at IS NULL ORDER BY r.removed_at, r.id
     LIMIT least(greatest(batch_size, 1), 1000) FOR UPDATE SKIP LOCKED
  ), snapshot AS (
    DELETE FROM access_token_role t USING due WHERE t.assignment_id = due.assignment_id
    RETURNING due.id, t.token_id
  ), counted AS (
    SELECT due.id, count(snapshot.token_id)::integer AS tokens, coalesce(jsonb_agg(snapshot.token_id)
           FILTER (WHERE snapshot.token_id IS NOT NULL), '[]') AS pat_ids
      FROM due LEFT JOIN snapshot ON snapshot.id = due.id GROUP BY due.id
  ), done AS (
    UPDATE role_removal r SET pruned_at = clock_timestamp(), pruned_tokens = counted.tokens
      FROM counted WHERE r.id = counted.id
    RETURNING r.id, r.user_id, r.role_name, r.removed_at, r.pruned_tokens, counted.pat_ids
  ), audited AS (
    INSERT INTO audit_event (actor, action, user_id, details)
    SELECT session_user, 'role.pruned', done.user_id,
           jsonb_build_object('role', done.role_name, 'removal_id', done.id, 'pat_ids', done.pat_ids)
      FROM done
  )
  SELECT id, user_id, role_name, removed_at, pruned_tokens FROM done
$$;
