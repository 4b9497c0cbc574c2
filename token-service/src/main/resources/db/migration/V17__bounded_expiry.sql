-- An access token expires within the longest lifetime that a service may grant, and so may its renewals. Otherwise the
-- database user of token-service could insert a token that expires after its pepper was removed, or never.

CREATE FUNCTION access_token_expires_in_time() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT isfinite(NEW.expires_at) OR NEW.expires_at > clock_timestamp() + interval '366 days'
     OR NOT isfinite(NEW.renewable_until) OR NEW.renewable_until > clock_timestamp() + interval '366 days' THEN
    RAISE EXCEPTION 'an access token expires within 366 days' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER access_token_expires_in_time BEFORE INSERT OR UPDATE OF expires_at, renewable_until ON access_token
  FOR EACH ROW EXECUTE FUNCTION access_token_expires_in_time();
