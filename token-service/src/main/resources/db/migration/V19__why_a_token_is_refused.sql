-- Why an access token is refused: who removed a role, suspended, revoked or rotated it, and when.

-- The roles that a token has lost. Pruning deletes the row of the snapshot and adds this one, which copies what the
-- removal said, so that the explanation does not depend on how long removals are kept. It ends with the token.
CREATE TABLE lost_role (
  token_id      text        NOT NULL REFERENCES access_token ON DELETE CASCADE,
  assignment_id uuid        NOT NULL,
  role_name     text        NOT NULL,
  removed_by    text        NOT NULL,
  removed_at    timestamptz NOT NULL,
  pruned_at     timestamptz NOT NULL,
  PRIMARY KEY (token_id, assignment_id)
);
CREATE INDEX lost_role_assignment ON lost_role (assignment_id);

INSERT INTO lost_role (token_id, assignment_id, role_name, removed_by, removed_at, pruned_at)
SELECT t.id, r.assignment_id, r.role_name, r.removed_by, r.removed_at, r.pruned_at
  FROM audit_event e
  JOIN role_removal r ON r.id = (e.details ->> 'removal_id')::bigint
  CROSS JOIN LATERAL jsonb_array_elements_text(e.details -> 'pat_ids') AS pruned (token_id)
  JOIN access_token t ON t.id = pruned.token_id
 WHERE e.action = 'role.pruned' AND r.pruned_at IS NOT NULL
ON CONFLICT DO NOTHING;

-- As before, and each token remembers the role that it loses. A token that is deleted meanwhile is waited for above.
CREATE OR REPLACE FUNCTION prune_removals(batch_size integer)
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
    RETURNING r.id, r.assignment_id, r.user_id, r.role_name, r.removed_by, r.removed_at, r.pruned_at, r.pruned_tokens,
              coalesce(found.pat_ids, '[]') AS pat_ids
  ), remembered AS (
    INSERT INTO lost_role (token_id, assignment_id, role_name, removed_by, removed_at, pruned_at)
    SELECT snapshot.token_id, done.assignment_id, done.role_name, done.removed_by, done.removed_at, done.pruned_at
      FROM done JOIN snapshot ON snapshot.assignment_id = done.assignment_id
  ), audited AS (
    INSERT INTO audit_event (actor, action, user_id, details)
    SELECT session_user, 'role.pruned', done.user_id,
           jsonb_build_object('role', done.role_name, 'removal_id', done.id, 'pat_ids', done.pat_ids)
      FROM done
  )
  SELECT done.id, done.user_id, done.role_name, done.removed_at, done.pruned_tokens FROM done;
END
$$;

-- The roles that each token has lost, whether or not they are pruned already.
CREATE VIEW removed_role WITH (security_invoker = true) AS
SELECT token_id, assignment_id, role_name, removed_by, removed_at, pruned_at FROM lost_role
UNION ALL
SELECT snapshot.token_id, removal.assignment_id, removal.role_name, removal.removed_by, removal.removed_at, NULL
  FROM role_removal removal
  JOIN access_token_role snapshot ON snapshot.assignment_id = removal.assignment_id
 WHERE removal.pruned_at IS NULL;

-- The state that users see. An active token without any role cannot be exchanged.
CREATE VIEW access_token_with_roles WITH (security_invoker = true) AS
SELECT t.id, t.user_id, t.name, t.description, t.expires_at, t.renewable_until, t.created_at, t.created_by, t.parent_id,
       CASE WHEN t.state = 'active' AND NOT EXISTS (SELECT FROM effective_roles(t.id, t.user_id)) THEN 'no_roles'
            ELSE t.state END AS state
  FROM access_token_with_state t;

-- The last change of each of these kinds that concerns the token or, for kinds that begin with "user.", its owner. The
-- actor is null if nobody was signed in.
CREATE FUNCTION last_changes(token text, owner text, kinds text[])
RETURNS TABLE (kind text, actor text, occurred_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = osmo, pg_temp AS $$
  SELECT wanted.kind,
         CASE WHEN last.actor NOT IN ('osmo_token_service', 'osmo_auth_exchange', 'osmo_owner') THEN last.actor END,
         last.occurred_at
    FROM unnest(kinds) AS wanted (kind)
    CROSS JOIN LATERAL (
      (SELECT e.actor, e.occurred_at FROM audit_event e
        WHERE e.pat_id = token AND e.action = wanted.kind AND NOT starts_with(wanted.kind, 'user.')
        ORDER BY e.occurred_at DESC, e.id DESC LIMIT 1)
      UNION ALL
      (SELECT e.actor, e.occurred_at FROM audit_event e
        WHERE e.user_id = owner AND e.action = wanted.kind AND starts_with(wanted.kind, 'user.')
        ORDER BY e.occurred_at DESC, e.id DESC LIMIT 1)
    ) last
$$;

-- A rotated-out secret that is presented after its grace period is a sign of theft: either its holder was not updated,
-- or somebody else has it.
ALTER TABLE access_token_secret ADD COLUMN reused_at timestamptz;

-- Records that the secret was presented again, at most once a day, and revokes its token if that is the policy. Returns
-- true if it was recorded now. A secret that is live, or that was revoked, is not recorded.
CREATE FUNCTION record_reuse(secret uuid, revoke boolean) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = osmo, pg_temp AS $$
DECLARE
  used  record;
  ended text;
BEGIN
  SELECT t.id, t.user_id INTO used FROM access_token_secret s JOIN access_token t ON t.id = s.token_id
   WHERE s.id = secret AND s.revoked_at IS NULL AND NOT secret_is_live(s.revoked_at, s.valid_until, clock_timestamp())
     AND (s.reused_at IS NULL OR s.reused_at < clock_timestamp() - interval '1 day');
  IF NOT FOUND THEN
    RETURN false;
  END IF;
  -- The owner's lock orders this with rotations, like every other change of the token.
  PERFORM FROM users WHERE id = used.user_id FOR NO KEY UPDATE;
  UPDATE access_token_secret s SET reused_at = clock_timestamp()
   WHERE s.id = secret AND s.revoked_at IS NULL AND NOT secret_is_live(s.revoked_at, s.valid_until, clock_timestamp())
     AND (s.reused_at IS NULL OR s.reused_at < clock_timestamp() - interval '1 day');
  IF NOT FOUND THEN
    RETURN false;
  END IF;
  INSERT INTO audit_event (actor, action, user_id, pat_id, details)
  VALUES (session_user, 'secret.reused', used.user_id, used.id, jsonb_build_object('secret_id', secret));
  IF revoke THEN
    SELECT id INTO ended FROM revoke_tokens(ARRAY[used.id], 'a secret was used after it was rotated out') AS id;
    IF ended IS NOT NULL THEN
      INSERT INTO audit_event (actor, action, user_id, pat_id, details)
      VALUES (session_user, 'token.revoked', used.user_id, used.id,
              jsonb_build_object('reason', 'a secret was used after it was rotated out'));
    END IF;
  END IF;
  RETURN true;
END
$$;
