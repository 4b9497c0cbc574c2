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

-- TRUNCATE runs no row trigger.
CREATE TRIGGER role_assignment_is_not_emptied BEFORE TRUNCATE ON role_assignment
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('role assignments are deleted one by one, each leaves its event');

CREATE FUNCTION assignment_id_is_new() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = osmo, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM role_removal WHERE assignment_id = NEW.id) THEN
    RAISE EXCEPTION 'the id of a removed role assignment is never used again'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER role_assignment_id_is_new BEFORE INSERT ON role_assignment
  FOR EACH ROW EXECUTE FUNCTION assignment_id_is_new();

-- Prunes up to batch_size removals from every token that still names them and answers with what it pruned. Replicas
-- share the work: each skips what another holds. A removal is pruned exactly once, together with its audit row.
CREATE FUNCTION prune_removals(batch_size integer)
RETURNS TABLE (removal_id bigint, user_id text, role_name text, removed_at timestamptz, pruned_tokens integer)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = osmo, pg_temp AS $$
#variable_conflict use_column
DECLARE
  due         bigint[];
  assignments uuid[];
BEGIN
  due := ARRAY(SELECT id FROM role_removal WHERE pruned_at IS NULL ORDER BY removed_at, id
                LIMIT least(greatest(batch_size, 1), 1000) FOR UPDATE SKIP LOCKED);
  assignments := ARRAY(SELECT assignment_id FROM role_removal WHERE id = ANY (due));
  -- Whoever deletes a person or a token holds that row and then wants its snapshot rows. We wait for them here, people
  -- before tokens and each in one order, and not crosswise among the snapshot rows.
  PERFORM FROM users WHERE id IN (SELECT user_id FROM role_removal WHERE id = ANY (due))
    ORDER BY id FOR KEY SHARE;
  PERFORM FROM access_token
    WHERE id IN (SELECT token_id FROM access_token_role WHERE assignment_id = ANY (assignments))
    ORDER BY id FOR KEY SHARE;
  RETURN QUERY
  WITH snapshot AS (
    DELETE FROM access_token_role WHERE assignment_id = ANY (assignments) RETURNING assignment_id, token_id
  ), counted AS (
    SELECT assignment_id, count(*)::integer AS tokens, jsonb_agg(token_id) AS pat_ids
      FROM snapshot GROUP BY assignment_id
  ), done AS (
    UPDATE role_removal r SET pruned_at = clock_timestamp(), pruned_tokens = coalesce(found.tokens, 0)
      FROM unnest(assignments) AS this (assignment_id) LEFT JOIN counted found USING (assignment_id)
     WHERE r.assignment_id = this.assignment_id
    RETURNING r.id, r.user_id, r.role_name, r.removed_at, r.pruned_tokens, coalesce(found.pat_ids, '[]') AS pat_ids
  ), audited AS (
    INSERT INTO audit_event (actor, action, user_id, details)
    SELECT session_user, 'role.pruned', done.user_id,
           jsonb_build_object('role', done.role_name, 'removal_id', done.id, 'pat_ids', done.pat_ids)
      FROM done
  )
  SELECT done.id, done.user_id, done.role_name, done.removed_at, done.pruned_tokens FROM done;
END
$$;
