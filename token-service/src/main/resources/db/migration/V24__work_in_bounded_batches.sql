-- Work that grows with the number of tokens is done in bounded batches, and the rules that lists need have one definition
-- that costs little.

-- An active token without any role cannot be exchanged.
CREATE FUNCTION state_with_roles(state text, has_roles boolean) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN state = 'active' AND NOT has_roles THEN 'no_roles' ELSE state END;

CREATE OR REPLACE VIEW access_token_with_roles WITH (security_invoker = true) AS
SELECT t.id, t.user_id, t.name, t.description, t.expires_at, t.renewable_until, t.created_at, t.created_by, t.parent_id,
       state_with_roles(t.state, EXISTS (SELECT FROM effective_roles(t.id, t.user_id))) AS state
  FROM access_token_with_state t;

-- As before, with one row for each pepper. Each step reads the next pepper in the index, so a start of a service does not
-- read every secret.
CREATE OR REPLACE VIEW pepper_in_use WITH (security_invoker = true) AS
WITH RECURSIVE pepper (id) AS (
  SELECT min(s.pepper_id) FROM access_token_secret s
  UNION ALL
  SELECT (SELECT min(s.pepper_id) FROM access_token_secret s WHERE s.pepper_id > pepper.id)
    FROM pepper WHERE pepper.id IS NOT NULL
)
SELECT pepper.id AS pepper_id
  FROM pepper
 WHERE EXISTS (SELECT FROM live_secret s JOIN access_token t ON t.id = s.token_id
                WHERE s.pepper_id = pepper.id AND t.expires_at > statement_timestamp()
              OFFSET 0); -- stops at the first one, where a join would read all

-- Prunes up to batch_size roles of tokens and returns what it pruned of each removal, the oldest removals first. If there
-- are several, one of them gets no more than half of the batch, so that one with many tokens does not delay the others. It
-- is continued by the next call, of any replica: a removal is pruned when the last token has lost the role. Replicas share
-- the removals: each skips what another one has locked. Each batch leaves an audit row for each removal, with the tokens of
-- the batch.
DROP FUNCTION prune_removals(integer);
CREATE FUNCTION prune_removals(batch_size integer)
RETURNS TABLE (removal_id bigint, user_id text, role_name text, removed_at timestamptz, pruned_tokens integer,
               finished boolean)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = osmo, pg_temp AS $$
#variable_conflict use_column
DECLARE
  size        constant integer := least(greatest(batch_size, 1), 1000);
  most        integer; -- of one removal
  due         bigint[];
  assignments uuid[];
  tokens      text[];
  reached     integer; -- so many of the removals have a part of the batch
  is_full     boolean; -- and others may be left
  unfinished  uuid[];
BEGIN
  due := ARRAY(SELECT id FROM role_removal WHERE pruned_at IS NULL ORDER BY removed_at, id
                LIMIT size FOR UPDATE SKIP LOCKED);
  IF due = '{}' THEN
    RETURN;
  END IF;
  most := CASE WHEN cardinality(due) = 1 THEN size ELSE greatest(size / 2, 1) END;
  assignments := ARRAY(SELECT assignment_id FROM role_removal WHERE id = ANY (due) ORDER BY removed_at, id);
  -- One token more than the limits shows whether any is left.
  SELECT array_agg(token_id) FILTER (WHERE number <= most),
         CASE WHEN count(*) > size THEN max(position) ELSE cardinality(due) END,
         coalesce(array_agg(assignment_id) FILTER (WHERE number > most), '{}'),
         count(*) > size
    INTO tokens, reached, unfinished, is_full
    FROM (SELECT removed.position::integer, removed.assignment_id, numbered.token_id, numbered.number
            FROM unnest(assignments) WITH ORDINALITY AS removed (assignment_id, position)
            CROSS JOIN LATERAL (SELECT r.token_id, row_number() OVER () AS number
                                  FROM (SELECT token_id FROM access_token_role
                                         WHERE assignment_id = removed.assignment_id LIMIT most + 1) r) numbered
           LIMIT size + 1) batch;
  IF is_full THEN
    unfinished := unfinished || assignments[reached:];
  END IF;
  -- Whoever deletes a user or a token holds that row and then wants its snapshot rows. We wait for them here, users before
  -- tokens and each in one order, and not crosswise among the snapshot rows.
  PERFORM FROM users WHERE id IN (SELECT user_id FROM role_removal WHERE id = ANY (due))
    ORDER BY id FOR KEY SHARE;
  PERFORM FROM access_token WHERE id = ANY (tokens) ORDER BY id FOR KEY SHARE;
  RETURN QUERY
  WITH snapshot AS (
    DELETE FROM access_token_role WHERE token_id = ANY (tokens) AND assignment_id = ANY (assignments)
    RETURNING assignment_id, token_id
  ), counted AS (
    SELECT r.id, count(snapshot.token_id)::integer AS tokens,
           coalesce(jsonb_agg(snapshot.token_id) FILTER (WHERE snapshot.token_id IS NOT NULL), '[]') AS pat_ids,
           r.assignment_id = ANY (assignments[:reached]) AS reached,
           r.assignment_id <> ALL (unfinished) AS finished
      FROM role_removal r LEFT JOIN snapshot ON snapshot.assignment_id = r.assignment_id
     WHERE r.id = ANY (due)
     GROUP BY r.id, r.assignment_id
  ), done AS (
    UPDATE role_removal r
       SET pruned_tokens = coalesce(r.pruned_tokens, 0) + counted.tokens,
           pruned_at = CASE WHEN counted.finished THEN clock_timestamp() END
      FROM counted
     WHERE r.id = counted.id AND (counted.finished OR counted.tokens > 0)
    RETURNING r.id, r.assignment_id, r.user_id, r.role_name, r.removed_by, r.removed_at, counted.pat_ids
  ), remembered AS (
    INSERT INTO lost_role (token_id, assignment_id, role_name, removed_by, removed_at, pruned_at)
    SELECT snapshot.token_id, done.assignment_id, done.role_name, done.removed_by, done.removed_at, clock_timestamp()
      FROM done JOIN snapshot ON snapshot.assignment_id = done.assignment_id
  ), audited AS (
    INSERT INTO audit_event (actor, action, user_id, details)
    SELECT session_user, 'role.pruned', done.user_id,
           jsonb_build_object('role', done.role_name, 'removal_id', done.id, 'pat_ids', done.pat_ids)
      FROM done
  )
  -- Also a removal whose tokens were deleted meanwhile, so that the caller continues.
  SELECT r.id, r.user_id, r.role_name, r.removed_at, counted.tokens, counted.finished
    FROM counted JOIN role_removal r ON r.id = counted.id
   WHERE counted.reached OR counted.tokens > 0;
END
$$;

-- The numbers of tokens for the metrics. One pass over the tokens counts them for all replicas, in batches that any of them
-- may do. A pass is not a snapshot: tokens that change meanwhile are counted before or after the change.
CREATE TABLE token_count (
  name    text   PRIMARY KEY,        -- a state, or the number of days within which an active token expires
  counted bigint NOT NULL DEFAULT 0, -- in the pass that is in progress
  tokens  bigint                     -- in the last complete pass
);
INSERT INTO token_count (name)
VALUES ('active'), ('expired'), ('suspended'), ('revoked'), ('1'), ('7'), ('30'), ('90');
CREATE TABLE token_count_pass (
  only_row     boolean     PRIMARY KEY DEFAULT true CHECK (only_row),
  after_id     text        NOT NULL DEFAULT '', -- the last token that was counted; empty between two passes
  completed_at timestamptz NOT NULL DEFAULT '-infinity'
);
INSERT INTO token_count_pass DEFAULT VALUES;

-- Counts the next batch of tokens. A new pass begins when the last one was completed so long ago. Returns whether another
-- batch is left to count now.
CREATE FUNCTION count_tokens(batch integer, pause interval) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = osmo, pg_temp
SET plan_cache_mode = force_generic_plan AS $$ -- a plan for so many ids would read every secret
DECLARE
  size  constant integer := least(greatest(batch, 1), 10000);
  pass  token_count_pass;
  ids   text[];
  ended constant text := '';
BEGIN
  SELECT * INTO pass FROM token_count_pass FOR UPDATE SKIP LOCKED;
  IF NOT FOUND OR (pass.after_id = ended AND pass.completed_at > clock_timestamp() - pause) THEN
    RETURN false;
  END IF;
  ids := ARRAY(SELECT id FROM access_token WHERE id > pass.after_id ORDER BY id LIMIT size);
  WITH token AS MATERIALIZED (
    SELECT t.state, t.expires_at - statement_timestamp() AS remaining
      FROM access_token_with_state t WHERE t.id = ANY (ids)
  ), found (name, tokens) AS (
    SELECT token.state, count(*) FROM token GROUP BY token.state
    UNION ALL
    SELECT within.days::text, (SELECT count(*) FROM token WHERE token.state = 'active' AND token.remaining <= within.length)
      FROM (SELECT days, make_interval(days => days) FROM unnest(ARRAY[1, 7, 30, 90]) AS days) AS within (days, length)
  )
  UPDATE token_count c SET counted = c.counted + found.tokens FROM found WHERE found.name = c.name;
  IF cardinality(ids) = size THEN
    UPDATE token_count_pass SET after_id = ids[size];
    RETURN true;
  END IF;
  UPDATE token_count SET tokens = counted, counted = 0;
  UPDATE token_count_pass SET after_id = ended, completed_at = clock_timestamp();
  RETURN false;
END
$$;
