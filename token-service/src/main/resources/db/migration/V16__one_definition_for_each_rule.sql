-- Each rule about tokens has one definition, and both services read it. A rule is a function of facts and a time.
-- A view applies it to the rows at the time of the statement, with the rights of the user who reads the view.

-- A secret is live if it is not revoked and has not expired. Without an expiry of its own, it is valid as long as its
-- token.
CREATE FUNCTION secret_is_live(revoked_at timestamptz, valid_until timestamptz, at_time timestamptz) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN revoked_at IS NULL AND coalesce(valid_until, 'infinity') > at_time;

-- The first reason that applies: a revocation is final, expiry is automatic, and a suspension can be lifted.
CREATE FUNCTION token_state(has_live_secret boolean, expires_at timestamptz, suspended_at timestamptz,
                            at_time timestamptz) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN NOT has_live_secret THEN 'revoked'
            WHEN expires_at <= at_time THEN 'expired'
            WHEN suspended_at IS NOT NULL THEN 'suspended'
            ELSE 'active' END;

-- The roles of a token are those of its snapshot whose assignment still exists and belongs to the token's owner. The
-- name comes from the assignment, never from the copy in the snapshot, so a removal takes effect before pruning.
CREATE FUNCTION effective_roles(token text, owner text) RETURNS TABLE (assignment_id uuid, role_name text)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT a.id, a.role_name
    FROM access_token_role r
    JOIN role_assignment a ON a.id = r.assignment_id AND a.user_id = owner
   WHERE r.token_id = token;
END;

CREATE VIEW live_secret WITH (security_invoker = true) AS
SELECT s.id, s.token_id, s.pepper_id
  FROM access_token_secret s
 WHERE secret_is_live(s.revoked_at, s.valid_until, statement_timestamp());

CREATE VIEW access_token_with_state WITH (security_invoker = true) AS
SELECT t.id, t.user_id, t.name, t.description, t.expires_at, t.renewable_until, t.created_at, t.created_by, t.parent_id,
       token_state(EXISTS (SELECT FROM live_secret s WHERE s.token_id = t.id),
                   t.expires_at, t.suspended_at, statement_timestamp()) AS state
  FROM access_token t;

-- A secret can be used if it is live, its token is active and the token's owner is enabled. A JWT is accepted only while
-- the secret that was exchanged for it can be used.
CREATE VIEW usable_secret WITH (security_invoker = true) AS
SELECT s.id, s.token_id, t.user_id, t.name AS token_name, t.expires_at, t.created_at
  FROM live_secret s
  JOIN access_token t ON t.id = s.token_id
  JOIN users u ON u.id = t.user_id
 WHERE token_state(true, t.expires_at, t.suspended_at, statement_timestamp()) = 'active'
   AND u.disabled_at IS NULL;

-- A pepper is in use while a live secret of a token that has not expired was stored with it. One row for each secret.
CREATE VIEW pepper_in_use WITH (security_invoker = true) AS
SELECT s.pepper_id
  FROM live_secret s
  JOIN access_token t ON t.id = s.token_id
 WHERE t.expires_at > statement_timestamp();

-- The functions that change secrets use the same definition. They may have waited for a lock, so they pass the time
-- after the wait.

CREATE OR REPLACE FUNCTION secret_is_in_order() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = osmo, pg_temp AS $$
DECLARE
  ends timestamptz;
  made xid8;
  live integer;
BEGIN
  SELECT expires_at, created_xid INTO ends, made FROM access_token WHERE id = NEW.token_id FOR NO KEY UPDATE;
  SELECT count(*) INTO live FROM access_token_secret
   WHERE token_id = NEW.token_id AND secret_is_live(revoked_at, valid_until, clock_timestamp());
  IF live >= 2 THEN
    RAISE EXCEPTION 'an access token has at most two live secrets' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF made <> pg_current_xact_id() AND (live = 0 OR ends <= clock_timestamp()) THEN
    RAISE EXCEPTION 'an access token that is expired or revoked cannot get a new secret'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END
$$;

-- Limits the validity of a live secret to the given time. An earlier expiry is kept.
CREATE OR REPLACE FUNCTION end_secret(secret uuid, ends timestamptz) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = osmo, pg_temp AS $$
  UPDATE access_token_secret SET valid_until = least(valid_until, ends)
   WHERE id = secret AND secret_is_live(revoked_at, valid_until, clock_timestamp())
$$;

-- Does the same to a secret that was never exchanged. Returns false if it was, also if that exchange committed while
-- this function waited for the row: the exchange does not take the owner's lock.
CREATE OR REPLACE FUNCTION end_unused_secret(secret uuid, ends timestamptz) RETURNS boolean
LANGUAGE sql SECURITY DEFINER SET search_path = osmo, pg_temp AS $$
  WITH ended AS (
    UPDATE access_token_secret SET valid_until = least(valid_until, ends)
     WHERE id = secret AND secret_is_live(revoked_at, valid_until, clock_timestamp()) AND first_used_at IS NULL
    RETURNING id
  )
  SELECT EXISTS (SELECT FROM ended)
$$;

-- Revokes a live secret by its lookup: possession of the token is sufficient. Returns false if no live secret has this
-- lookup.
CREATE OR REPLACE FUNCTION revoke_secret(presented_lookup bytea, why text) RETURNS boolean
LANGUAGE sql SECURITY DEFINER SET search_path = osmo, pg_temp AS $$
  WITH ended AS (
    UPDATE access_token_secret s SET revoked_at = clock_timestamp(), reason = left(why, 200)
      FROM access_token t
     WHERE s.lookup = presented_lookup AND secret_is_live(s.revoked_at, s.valid_until, clock_timestamp())
       AND t.id = s.token_id
    RETURNING s.token_id, t.user_id
  ), audited AS (
    INSERT INTO audit_event (actor, action, user_id, pat_id, details)
    SELECT session_user, 'secret.revoked', ended.user_id, ended.token_id, jsonb_build_object('reason', left(why, 200))
      FROM ended
  )
  SELECT EXISTS (SELECT FROM ended)
$$;

-- Revokes the tokens of the presented secrets and every token derived from them, each with its audit row. Returns the
-- number of tokens revoked. The owners' locks order this with creations and rotations. Each statement sees what they
-- committed, so owners found in between are also locked before any token is revoked.
CREATE OR REPLACE FUNCTION revoke_leaked(presented bytea[], request text) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = osmo, pg_temp AS $$
DECLARE
  leaked  text[];
  revoked text[];
  derived text[];
  owners  text[];
  locked  text[] := '{}';
  ended   integer;
BEGIN
  LOOP
    -- A secret that a rotation replaced authorizes a report for as long as the longest grace period.
    leaked := ARRAY(SELECT DISTINCT token_id FROM access_token_secret
                     WHERE lookup = ANY (presented)
                       AND secret_is_live(revoked_at, valid_until, clock_timestamp() - longest_grace()));
    -- A revoked secret authorizes the revocation of derived tokens if it authorized a report when it was revoked.
    revoked := ARRAY(SELECT DISTINCT token_id FROM access_token_secret
                      WHERE lookup = ANY (presented)
                        AND secret_is_live(NULL, valid_until, revoked_at - longest_grace()));
    -- Read separately: the tokens of one list may be derived from those of the other.
    derived := ARRAY(SELECT derived_tokens(leaked) UNION SELECT derived_tokens(revoked) EXCEPT SELECT unnest(leaked));
    owners := ARRAY(SELECT DISTINCT user_id FROM access_token WHERE id = ANY (leaked || derived));
    EXIT WHEN owners <@ locked;
    PERFORM FROM users WHERE id = ANY (owners) ORDER BY id COLLATE "C" FOR NO KEY UPDATE;
    locked := locked || owners;
  END LOOP;
  WITH ending AS (
    SELECT id, 'reported as leaked' AS why FROM revoke_tokens(leaked, 'reported as leaked') AS id
    UNION ALL
    SELECT id, 'created with a token that was reported as leaked'
      FROM revoke_tokens(derived, 'created with a token that was reported as leaked') AS id
  ), audited AS (
    INSERT INTO audit_event (actor, action, user_id, pat_id, request_id, details)
    SELECT session_user, 'token.revoked', t.user_id, t.id, request, jsonb_build_object('reason', ending.why)
      FROM ending JOIN access_token t ON t.id = ending.id
  )
  SELECT count(*) INTO ended FROM ending;
  RETURN ended;
END
$$;
