-- The audit trail also has the requests that known callers were refused, and the commands for signing keys.

-- Records that a user was refused, unless the last hour already has as many rows as one user may cause. Without this limit,
-- a caller could fill the table. The caller must exist, so a service cannot invent one for each row. False: not recorded.
CREATE INDEX audit_event_denial ON audit_event (actor, occurred_at) WHERE action = 'access.denied';

CREATE FUNCTION record_denial(caller text, via text, jwt text, request text, operation text, problem text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = osmo, pg_temp AS $$
DECLARE
  most     constant integer := 10;
  recorded integer;
BEGIN
  IF NOT EXISTS (SELECT FROM users WHERE id = caller)
     OR NOT pg_try_advisory_xact_lock(hashtextextended('osmo.record_denial ' || caller, 0)) THEN
    RETURN false;
  END IF;
  SELECT count(*) INTO recorded FROM audit_event
   WHERE actor = caller AND action = 'access.denied' AND occurred_at > clock_timestamp() - interval '1 hour';
  IF recorded >= most THEN
    RETURN false;
  END IF;
  INSERT INTO audit_event (actor, via_pat_id, jti, action, user_id, request_id, details)
  VALUES (caller, left(via, 64), left(jwt, 64), 'access.denied', caller, left(request, 64),
          jsonb_strip_nulls(jsonb_build_object(
            'operation', left(operation, 200), 'problem', left(problem, 100),
            'more_are_not_recorded', CASE WHEN recorded = most - 1 THEN true END)));
  RETURN true;
END
$$;

-- As before, with the previous state, and with the operator's command if the change comes from one. A revocation thus
-- differs from the end of a key that has served its time.
CREATE OR REPLACE FUNCTION audit_signing_key() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = osmo, pg_temp AS $$
DECLARE
  command constant text := nullif(left(current_setting('osmo.command', true), 40), '');
BEGIN
  IF TG_OP = 'INSERT' OR NEW.state <> OLD.state THEN
    INSERT INTO audit_event (actor, action, details)
    VALUES (session_user,
            'signing-key.' || CASE WHEN NEW.state = 'gone' AND command = 'revoke-key' THEN 'revoked' ELSE NEW.state END,
            jsonb_strip_nulls(jsonb_build_object(
              'kid', NEW.kid, 'from', CASE TG_OP WHEN 'UPDATE' THEN OLD.state END, 'command', command)));
  END IF;
  RETURN NULL;
END
$$;
