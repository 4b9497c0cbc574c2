-- A directory and an identity provider report what happens to a user between two sign-ins.

-- A directory disables users through SCIM. It may enable again only whom it has disabled itself, so that an administrator's
-- decision stays.
ALTER TABLE users ADD COLUMN disabled_by_scim boolean NOT NULL DEFAULT false;

-- Whoever enables a user forgets who had disabled the user.
CREATE FUNCTION forget_who_disabled() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.disabled_by_scim := false;
  RETURN NEW;
END
$$;
CREATE TRIGGER users_enabled BEFORE UPDATE OF disabled_at, disabled_by_scim ON users
  FOR EACH ROW WHEN (NEW.disabled_at IS NULL) EXECUTE FUNCTION forget_who_disabled();

-- Signed security events (RFC 8417), pushed by an identity provider (RFC 8935).

-- An event has an effect once. Transmitters repeat events that they believe lost.
CREATE TABLE security_event (
  issuer      text        CONSTRAINT security_event_issuer_length CHECK (char_length(issuer) BETWEEN 1 AND 512),
  jti         text        CONSTRAINT security_event_jti_length CHECK (char_length(jti) BETWEEN 1 AND 256),
  received_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (issuer, jti)
);
CREATE INDEX security_event_age ON security_event (received_at);

-- Records the event, and returns false if it was recorded before. Each call deletes a few that are older than any event that
-- still has an effect, so the table is bounded by what arrives in that time.
CREATE FUNCTION record_security_event(transmitter text, event_id text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = osmo, pg_temp AS $$
BEGIN
  DELETE FROM security_event WHERE (issuer, jti) IN (
    SELECT s.issuer, s.jti FROM security_event s WHERE s.received_at < clock_timestamp() - interval '31 days'
     ORDER BY s.received_at LIMIT 20 FOR UPDATE SKIP LOCKED);
  INSERT INTO security_event (issuer, jti)
  SELECT transmitter, event_id WHERE transmitter IS NOT NULL AND event_id IS NOT NULL ON CONFLICT DO NOTHING;
  RETURN FOUND;
END
$$;

-- Requires the user to sign in after this time, whatever the policy. An earlier requirement changes nothing, and neither
-- does one before the latest sign-in, whose time sign_in_due compares. Returns whether the tokens are refused now.
CREATE FUNCTION require_sign_in(whose text, after_time timestamptz) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = osmo, pg_temp AS $$
#variable_conflict use_column
BEGIN
  UPDATE users SET sign_in_required_at = least(after_time, clock_timestamp())
   WHERE id = whose AND (sign_in_required_at IS NULL OR sign_in_required_at < least(after_time, clock_timestamp()));
  RETURN (SELECT must_sign_in(sign_in_due_at, clock_timestamp()) FROM users WHERE id = whose);
END
$$;
