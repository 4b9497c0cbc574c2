-- As before, but if the policy is to revoke and the token still has a live secret, a secret counts although it was
-- recorded within a day: before the policy was turned on, or by a replica that does not have it yet. Its token was then
-- left alive. Afterwards there is nothing to revoke, and a secret is recorded at most once a day again.
CREATE OR REPLACE FUNCTION record_reuse(secret uuid, revoke boolean) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = osmo, pg_temp AS $$
DECLARE
  used  record;
  ended text;
BEGIN
  SELECT t.id, t.user_id INTO used FROM access_token_secret s JOIN access_token t ON t.id = s.token_id
   WHERE s.id = secret AND s.revoked_at IS NULL AND NOT secret_is_live(s.revoked_at, s.valid_until, clock_timestamp())
     AND ((revoke AND EXISTS (SELECT FROM live_secret l WHERE l.token_id = s.token_id))
          OR s.reused_at IS NULL OR s.reused_at < clock_timestamp() - interval '1 day');
  IF NOT FOUND THEN
    RETURN false;
  END IF;
  -- The owner's lock orders this with rotations, like every other change of the token.
  PERFORM FROM users WHERE id = used.user_id FOR NO KEY UPDATE;
  UPDATE access_token_secret s SET reused_at = clock_timestamp()
   WHERE s.id = secret AND s.revoked_at IS NULL AND NOT secret_is_live(s.revoked_at, s.valid_until, clock_timestamp())
     AND ((revoke AND EXISTS (SELECT FROM live_secret l WHERE l.token_id = s.token_id))
          OR s.reused_at IS NULL OR s.reused_at < clock_timestamp() - interval '1 day');
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
