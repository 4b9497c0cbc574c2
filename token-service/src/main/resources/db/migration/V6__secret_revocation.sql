-- Ends a secret by its lookup: possession is authority, so the caller needs to know no more. True when a live one ended.
CREATE FUNCTION revoke_secret(presented_lookup bytea, why text) RETURNS boolean
LANGUAGE sql SECURITY DEFINER SET search_path = osmo, pg_temp AS $$
  WITH ended AS (
    UPDATE access_token_secret s SET revoked_at = clock_timestamp(), reason = left(why, 200)
      FROM access_token t
     WHERE s.lookup = presented_lookup AND s.revoked_at IS NULL AND t.id = s.token_id
    RETURNING s.token_id, t.user_id
  ), audited AS (
    INSERT INTO audit_event (actor, action, user_id, pat_id, details)
    SELECT session_user, 'secret.revoked', ended.user_id, ended.token_id, jsonb_build_object('reason', left(why, 200))
      FROM ended
  )
  SELECT EXISTS (SELECT FROM ended)
$$;
