-- A signing key's life is one way: pending, active, retiring, gone. The database holds it to that and keeps its times, so
-- a replica that is slow, confused or taken over can neither wake a key that is gone nor keep its private part.

CREATE UNIQUE INDEX signing_key_one_pending ON signing_key (state) WHERE state = 'pending';
ALTER TABLE signing_key
  ADD COLUMN gone_at timestamptz,
  ADD CONSTRAINT signing_key_gone_is_erased CHECK (state <> 'gone' OR private_key = '');

CREATE FUNCTION signing_key_moves_on() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  life constant text[] := ARRAY['pending', 'active', 'retiring', 'gone'];
BEGIN
  IF array_position(life, NEW.state) < array_position(life, OLD.state) THEN
    RAISE EXCEPTION 'a signing key does not go back from % to %', OLD.state, NEW.state
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF NEW.state <> OLD.state THEN
    CASE NEW.state
      WHEN 'active' THEN NEW.activated_at := clock_timestamp();
      WHEN 'retiring' THEN NEW.retired_at := clock_timestamp();
      WHEN 'gone' THEN
        NEW.gone_at := clock_timestamp();
        NEW.private_key := '';
    END CASE;
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER signing_key_moves_on BEFORE UPDATE ON signing_key FOR EACH ROW EXECUTE FUNCTION signing_key_moves_on();

CREATE FUNCTION audit_signing_key() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = osmo, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' OR NEW.state <> OLD.state THEN
    INSERT INTO audit_event (actor, action, details)
    VALUES (session_user, 'signing-key.' || NEW.state, jsonb_build_object('kid', NEW.kid));
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER signing_key_is_audited AFTER INSERT OR UPDATE ON signing_key
  FOR EACH ROW EXECUTE FUNCTION audit_signing_key();
