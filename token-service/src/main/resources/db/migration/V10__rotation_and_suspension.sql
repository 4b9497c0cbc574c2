-- What may happen to a token after its creation, each as a function with its rule inside. token-service has no right to
-- change these rows otherwise, so nothing that it runs wakes what has ended.

-- At most two secrets of a token live at once, and what has ended gets no new one.
CREATE FUNCTION secret_is_in_order() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = osmo, pg_temp AS $$
DECLARE
  ends timestamptz;
  made xid8;
  live integer;
BEGIN
  SELECT expires_at, created_xid INTO ends, made FROM access_token WHERE id = NEW.token_id FOR NO KEY UPDATE;
  SELECT count(*) INTO live FROM access_token_secret
   WHERE token_id = NEW.token_id AND revoked_at IS NULL AND (valid_until IS NULL OR valid_until > clock_timestamp());
  IF live >= 2 THEN
    RAISE EXCEPTION 'an access token has at most two live secrets' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF made <> pg_current_xact_id() AND (live = 0 OR ends <= clock_timestamp()) THEN
    RAISE EXCEPTION 'an access token that has ended gets no new secret' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER access_token_secret_in_order BEFORE INSERT ON access_token_secret
  FOR EACH ROW EXECUTE FUNCTION secret_is_in_order();

-- The secret ends then, or earlier when it would have anyway.
CREATE FUNCTION end_secret(secret uuid, ends timestamptz) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = osmo, pg_temp AS $$
  UPDATE access_token_secret SET valid_until = least(valid_until, ends) WHERE id = secret AND revoked_at IS NULL
$$;

-- Ends every secret of these tokens for good, and answers with the tokens of which one ended.
CREATE FUNCTION revoke_tokens(tokens text[], why text) RETURNS SETOF text
LANGUAGE sql SECURITY DEFINER SET search_path = osmo, pg_temp AS $$
  WITH ended AS (
    UPDATE access_token_secret SET revoked_at = clock_timestamp(), reason = left(why, 200)
     WHERE token_id = ANY (tokens) AND revoked_at IS NULL
    RETURNING token_id
  )
  SELECT DISTINCT token_id FROM ended ORDER BY token_id
$$;

-- False when it was so already.
CREATE FUNCTION suspend_token(token text, suspended boolean) RETURNS boolean
LANGUAGE sql SECURITY DEFINER SET search_path = osmo, pg_temp AS $$
  WITH changed AS (
    UPDATE access_token SET suspended_at = CASE WHEN suspended THEN clock_timestamp() END
     WHERE id = token AND (suspended_at IS NOT NULL) <> suspended
    RETURNING id
  )
  SELECT EXISTS (SELECT FROM changed)
$$;

-- Moves the end of a token that has not come, to at most a year from now. False when it may not be.
CREATE FUNCTION move_expiry(token text, ends timestamptz) RETURNS boolean
LANGUAGE sql SECURITY DEFINER SET search_path = osmo, pg_temp AS $$
  WITH moved AS (
    UPDATE access_token
       SET expires_at = ends,
           renewable_until = CASE WHEN renewable_until < ends THEN ends ELSE renewable_until END
     WHERE id = token AND expires_at > clock_timestamp() AND ends <= clock_timestamp() + interval '366 days'
    RETURNING id
  )
  SELECT EXISTS (SELECT FROM moved)
$$;
