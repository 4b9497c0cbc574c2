-- A leaked token dies with everything that was made with it.

-- Where deleted tokens came from: a leaked token's grandchildren are found also when the child between is gone.
CREATE TABLE deleted_token_origin (
  id         text        PRIMARY KEY,
  parent_id  text        NOT NULL,
  deleted_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX deleted_token_origin_parent ON deleted_token_origin (parent_id);

CREATE FUNCTION remember_origin() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = osmo, pg_temp AS $$
BEGIN
  INSERT INTO deleted_token_origin (id, parent_id) VALUES (OLD.id, OLD.parent_id) ON CONFLICT DO NOTHING;
  RETURN NULL;
END
$$;
CREATE TRIGGER access_token_origin_stays AFTER DELETE ON access_token
  FOR EACH ROW WHEN (OLD.parent_id IS NOT NULL) EXECUTE FUNCTION remember_origin();

-- The tokens that exist and were made with one of these, or with one that was.
CREATE FUNCTION derived_tokens(roots text[]) RETURNS SETOF text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = osmo, pg_temp AS $$
  WITH RECURSIVE origin (id, parent_id) AS NOT MATERIALIZED (
    SELECT id, parent_id FROM access_token WHERE parent_id IS NOT NULL
    UNION ALL
    SELECT id, parent_id FROM deleted_token_origin
  ), tree (id) AS (
    SELECT unnest(roots)
    UNION
    SELECT o.id FROM tree JOIN origin o ON o.parent_id = tree.id
  )
  SELECT t.id FROM tree JOIN access_token t ON t.id = tree.id WHERE t.id <> ALL (roots)
$$;

-- Possession is authority: the tokens of these live secrets and all derived ones are revoked, each with its audit row.
-- The owners' locks put this in one line with creations and rotations; each statement then sees what they committed, so
-- owners who came into it meanwhile are locked too before anything ends.
-- Answers with the number of tokens that ended.
CREATE FUNCTION revoke_leaked(presented bytea[], request text) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = osmo, pg_temp AS $$
DECLARE
  leaked  text[];
  derived text[];
  owners  text[];
  locked  text[] := '{}';
  ended   integer;
BEGIN
  LOOP
    leaked := ARRAY(SELECT DISTINCT token_id FROM access_token_secret
                     WHERE lookup = ANY (presented) AND revoked_at IS NULL
                       AND (valid_until IS NULL OR valid_until > clock_timestamp()));
    derived := ARRAY(SELECT derived_tokens(leaked));
    owners := ARRAY(SELECT DISTINCT user_id FROM access_token WHERE id = ANY (leaked || derived));
    EXIT WHEN owners <@ locked;
    PERFORM FROM users WHERE id = ANY (owners) ORDER BY id COLLATE "C" FOR NO KEY UPDATE;
    locked := locked || owners;
  END LOOP;
  WITH revoked AS (
    SELECT id, 'reported as leaked' AS why FROM revoke_tokens(leaked, 'reported as leaked') AS id
    UNION ALL
    SELECT id, 'made with a token that was reported as leaked'
      FROM revoke_tokens(derived, 'made with a token that was reported as leaked') AS id
  ), audited AS (
    INSERT INTO audit_event (actor, action, user_id, pat_id, request_id, details)
    SELECT session_user, 'token.revoked', t.user_id, t.id, request, jsonb_build_object('reason', revoked.why)
      FROM revoked JOIN access_token t ON t.id = revoked.id
  )
  SELECT count(*) INTO ended FROM revoked;
  RETURN ended;
END
$$;
