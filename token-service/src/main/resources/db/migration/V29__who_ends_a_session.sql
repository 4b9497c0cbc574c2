-- The audit trail says with which login a user or an administrator ended a session.

-- As before. The login is the id of an access token or of a session, and the JWT is that of the request.
CREATE FUNCTION end_session(session uuid, actor text, reason text, request text, via text, jwt text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = osmo, pg_temp AS $$
#variable_conflict use_column
DECLARE
  is_pat constant boolean := starts_with(via, 'pat_');
  owner  text;
  gone   login_session;
BEGIN
  SELECT user_id INTO owner FROM login_session WHERE id = session;
  PERFORM FROM users WHERE id = owner FOR NO KEY UPDATE;
  UPDATE login_session SET ended_at = clock_timestamp(), end_reason = left(end_session.reason, 200)
   WHERE id = session AND session_is_live(ended_at, expires_at, clock_timestamp())
  RETURNING * INTO gone;
  IF NOT FOUND THEN
    RETURN false;
  END IF;
  INSERT INTO audit_event (actor, via_pat_id, via_session_id, jti, action, user_id, request_id, details)
  VALUES (coalesce(CASE WHEN session_user = 'osmo_token_service' OR end_session.actor = owner THEN end_session.actor END,
                   session_user),
          CASE WHEN is_pat THEN left(via, 64) END, CASE WHEN NOT is_pat THEN via::uuid END, left(jwt, 64),
          'session.ended', owner, left(end_session.request, 64),
          jsonb_strip_nulls(jsonb_build_object(
            'session_id', gone.id, 'provider', gone.provider, 'reason', gone.end_reason)));
  RETURN true;
END
$$;

-- For the exchange, whose callers present the credential of the session itself.
CREATE OR REPLACE FUNCTION end_session(session uuid, actor text, reason text, request text) RETURNS boolean
LANGUAGE sql SECURITY DEFINER SET search_path = osmo, pg_temp
RETURN end_session(session, actor, reason, request, NULL, NULL);
