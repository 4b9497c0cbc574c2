-- What a secret is still good for when it is no longer good for an exchange: who holds its text may report it as leaked,
-- and who rotates with it must not push out a newer one that is in use.

-- For so long after a rotation has ended a secret, its text is authority for a report: as long as the longest grace
-- (token-service's policy.max-grace) could have kept it alive. A thief who rotates without any grace disarms nobody.
CREATE FUNCTION longest_grace() RETURNS interval LANGUAGE sql IMMUTABLE AS $$ SELECT interval '168 hours' $$;

-- A report ends what was made with the token also when somebody has revoked the secret before: whoever revokes first and
-- reports then means the same. A secret that had said nothing any more when it was revoked says nothing now.
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
    leaked := ARRAY(SELECT DISTINCT token_id FROM access_token_secret
                     WHERE lookup = ANY (presented) AND revoked_at IS NULL
                       AND coalesce(valid_until, 'infinity') > clock_timestamp() - longest_grace());
    revoked := ARRAY(SELECT DISTINCT token_id FROM access_token_secret
                      WHERE lookup = ANY (presented)
                        AND revoked_at < coalesce(valid_until, 'infinity') + longest_grace());
    -- Asked for apart: the tokens of one list may themselves be made with those of the other.
    derived := ARRAY(SELECT derived_tokens(leaked) UNION SELECT derived_tokens(revoked) EXCEPT SELECT unnest(leaked));
    owners := ARRAY(SELECT DISTINCT user_id FROM access_token WHERE id = ANY (leaked || derived));
    EXIT WHEN owners <@ locked;
    PERFORM FROM users WHERE id = ANY (owners) ORDER BY id COLLATE "C" FOR NO KEY UPDATE;
    locked := locked || owners;
  END LOOP;
  WITH ending AS (
    SELECT id, 'reported as leaked' AS why FROM revoke_tokens(leaked, 'reported as leaked') AS id
    UNION ALL
    SELECT id, 'made with a token that was reported as leaked'
      FROM revoke_tokens(derived, 'made with a token that was reported as leaked') AS id
  ), audited AS (
    INSERT INTO audit_event (actor, action, user_id, pat_id, request_id, details)
    SELECT session_user, 'token.revoked', t.user_id, t.id, request, jsonb_build_object('reason', ending.why)
      FROM ending JOIN access_token t ON t.id = ending.id
  )
  SELECT count(*) INTO ended FROM ending;
  RETURN ended;
END
$$;

-- As before, and only what lives: a secret that a rotation has ended is not ended again, and leaves no row in the trail.
CREATE OR REPLACE FUNCTION revoke_secret(presented_lookup bytea, why text) RETURNS boolean
LANGUAGE sql SECURITY DEFINER SET search_path = osmo, pg_temp AS $$
  WITH ended AS (
    UPDATE access_token_secret s SET revoked_at = clock_timestamp(), reason = left(why, 200)
      FROM access_token t
     WHERE s.lookup = presented_lookup AND s.revoked_at IS NULL
       AND (s.valid_until IS NULL OR s.valid_until > clock_timestamp()) AND t.id = s.token_id
    RETURNING s.token_id, t.user_id
  ), audited AS (
    INSERT INTO audit_event (actor, action, user_id, pat_id, details)
    SELECT session_user, 'secret.revoked', ended.user_id, ended.token_id, jsonb_build_object('reason', left(why, 200))
      FROM ended
  )
  SELECT EXISTS (SELECT FROM ended)
$$;

-- Ends a secret that nobody has exchanged. False when somebody has, also when that committed while this waited for it:
-- the exchange takes no lock of the owner's.
CREATE FUNCTION end_unused_secret(secret uuid, ends timestamptz) RETURNS boolean
LANGUAGE sql SECURITY DEFINER SET search_path = osmo, pg_temp AS $$
  WITH ended AS (
    UPDATE access_token_secret SET valid_until = least(valid_until, ends)
     WHERE id = secret AND revoked_at IS NULL AND first_used_at IS NULL
    RETURNING id
  )
  SELECT EXISTS (SELECT FROM ended)
$$;

-- The origin of a deleted token is kept while a token that was made with it, or with one that was, may live. No token is
-- given more than 366 days at a time; one that was given them again and again keeps those it comes from. A few at a
-- time, so that no deletion pays for all; each of a statement's deletions has left its own origin by then.
CREATE INDEX deleted_token_origin_age ON deleted_token_origin (deleted_at);

CREATE FUNCTION forget_origins() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = osmo, pg_temp AS $$
BEGIN
  DELETE FROM deleted_token_origin WHERE id IN (
    SELECT o.id FROM deleted_token_origin o
     WHERE o.deleted_at < now() - interval '366 days'
       AND NOT EXISTS (SELECT FROM access_token t WHERE t.parent_id = o.id)
       AND NOT EXISTS (SELECT FROM deleted_token_origin d WHERE d.parent_id = o.id)
     ORDER BY o.deleted_at LIMIT 10 FOR UPDATE SKIP LOCKED);
  RETURN NULL;
END
$$;
CREATE TRIGGER access_token_origins_end AFTER DELETE ON access_token
  FOR EACH STATEMENT EXECUTE FUNCTION forget_origins();
