-- Users sign in through an identity provider. Each sign-in creates a session, and the exchange issues JWTs for it as it does
-- for an access token. token-service creates and renews sessions. A session ends once and for all.

-- Which user a subject of an issuer is. A subject is linked to one user, and the link does not change.
CREATE TABLE user_identity (
  issuer      text        CONSTRAINT user_identity_issuer_length CHECK (char_length(issuer) BETWEEN 1 AND 512),
  subject     text        CONSTRAINT user_identity_subject_length CHECK (char_length(subject) BETWEEN 1 AND 512),
  user_id     text        NOT NULL REFERENCES users ON DELETE CASCADE,
  linked_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
  verified_at timestamptz NOT NULL DEFAULT clock_timestamp(), -- the last sign-in or refresh, also of purged sessions
  PRIMARY KEY (issuer, subject)
);
CREATE INDEX user_identity_user ON user_identity (user_id);

CREATE TABLE login_session (
  id           uuid        PRIMARY KEY DEFAULT gen_random_uuid(),
  user_id      text        NOT NULL REFERENCES users ON DELETE CASCADE,
  provider     text        NOT NULL CONSTRAINT login_session_provider_length CHECK (char_length(provider) BETWEEN 1 AND 64),
  issuer       text        NOT NULL CONSTRAINT login_session_issuer_length CHECK (char_length(issuer) BETWEEN 1 AND 512),
  subject      text        NOT NULL CONSTRAINT login_session_subject_length CHECK (char_length(subject) BETWEEN 1 AND 512),
  client_id    text        NOT NULL CONSTRAINT login_session_client_length CHECK (char_length(client_id) BETWEEN 1 AND 256),
  display_name text        CONSTRAINT login_session_display_name_length CHECK (char_length(display_name) BETWEEN 1 AND 256),
  created_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
  verified_at  timestamptz NOT NULL DEFAULT clock_timestamp(), -- when the provider last confirmed the user
  expires_at   timestamptz NOT NULL,
  ended_at     timestamptz,
  end_reason   text        CONSTRAINT login_session_reason_length CHECK (char_length(end_reason) <= 200)
);
CREATE INDEX login_session_user ON login_session (user_id, expires_at);
CREATE INDEX login_session_end ON login_session (least(ended_at, expires_at));

-- A session is live if it has not been ended and has not expired.
CREATE FUNCTION session_is_live(ended_at timestamptz, expires_at timestamptz, at_time timestamptz) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN ended_at IS NULL AND expires_at > at_time;

-- A session can be used if it is live and its owner is enabled. A JWT is accepted only while its session can be used.
CREATE VIEW usable_session WITH (security_invoker = true) AS
SELECT s.id, s.user_id, s.client_id, s.display_name, s.provider, s.issuer, s.subject, s.created_at, s.verified_at,
       s.expires_at
  FROM login_session s
  JOIN users u ON u.id = s.user_id
 WHERE session_is_live(s.ended_at, s.expires_at, statement_timestamp()) AND u.disabled_at IS NULL;

-- Nothing about an ended or expired session changes, so none becomes usable again. The time is read after the wait for the
-- row.
CREATE FUNCTION login_session_stays_ended() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT session_is_live(OLD.ended_at, OLD.expires_at, clock_timestamp()) THEN
    RAISE EXCEPTION 'a session that has ended or expired does not change' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF (NEW.id, NEW.user_id, NEW.provider, NEW.issuer, NEW.subject, NEW.client_id, NEW.created_at)
     IS DISTINCT FROM (OLD.id, OLD.user_id, OLD.provider, OLD.issuer, OLD.subject, OLD.client_id, OLD.created_at) THEN
    RAISE EXCEPTION 'a session keeps its id, owner and identity' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER login_session_stays_ended BEFORE UPDATE ON login_session
  FOR EACH ROW EXECUTE FUNCTION login_session_stays_ended();

-- Ends a live session, and records who did it. Returns false if it was not live. The exchange can name only the owner of
-- the session as the actor, so it cannot record a change in the name of anybody else.
CREATE FUNCTION end_session(session uuid, actor text, reason text, request text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = osmo, pg_temp AS $$
#variable_conflict use_column
DECLARE
  owner text;
  gone  login_session;
BEGIN
  SELECT user_id INTO owner FROM login_session WHERE id = session;
  PERFORM FROM users WHERE id = owner FOR NO KEY UPDATE;
  UPDATE login_session SET ended_at = clock_timestamp(), end_reason = left(end_session.reason, 200)
   WHERE id = session AND session_is_live(ended_at, expires_at, clock_timestamp())
  RETURNING * INTO gone;
  IF NOT FOUND THEN
    RETURN false;
  END IF;
  INSERT INTO audit_event (actor, action, user_id, request_id, details)
  VALUES (coalesce(CASE WHEN session_user = 'osmo_token_service' OR end_session.actor = owner THEN end_session.actor END,
                   session_user),
          'session.ended', owner, left(end_session.request, 64),
          jsonb_strip_nulls(jsonb_build_object(
            'session_id', gone.id, 'provider', gone.provider, 'reason', gone.end_reason)));
  RETURN true;
END
$$;

-- Whoever is disabled signs in again after being enabled. The audit row of the change says why the sessions ended.
CREATE FUNCTION end_sessions_of_disabled_user() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = osmo, pg_temp AS $$
BEGIN
  UPDATE login_session SET ended_at = clock_timestamp(), end_reason = 'the user was disabled'
   WHERE user_id = NEW.id AND session_is_live(ended_at, expires_at, clock_timestamp());
  RETURN NULL;
END
$$;
CREATE TRIGGER users_disabled_end_sessions AFTER UPDATE OF disabled_at ON users
  FOR EACH ROW WHEN (NEW.disabled_at IS NOT NULL AND OLD.disabled_at IS NULL)
  EXECUTE FUNCTION end_sessions_of_disabled_user();

-- Deletes sessions that ended before the retention period, and returns their number.
CREATE FUNCTION purge_sessions(retention interval, batch integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = osmo, pg_temp AS $$
DECLARE
  cutoff constant timestamptz := purge_cutoff(retention, longest_grace());
  purged integer;
BEGIN
  DELETE FROM login_session WHERE id IN (
    SELECT id FROM login_session WHERE least(ended_at, expires_at) <= cutoff
     ORDER BY least(ended_at, expires_at) LIMIT purge_size(batch) FOR UPDATE SKIP LOCKED);
  GET DIAGNOSTICS purged = ROW_COUNT;
  RETURN purged;
END
$$;

-- A change is made with an access token or in a session.
ALTER TABLE audit_event
  ADD COLUMN via_session_id uuid,
  ADD CONSTRAINT audit_event_one_login CHECK (num_nonnulls(via_pat_id, via_session_id) <= 1);

-- As before. The login is the id of an access token or of a session.
CREATE OR REPLACE FUNCTION record_denial(caller text, via text, jwt text, request text, operation text, problem text)
RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = osmo, pg_temp AS $$
DECLARE
  most     constant integer := 10;
  is_pat   constant boolean := starts_with(via, 'pat_');
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
  INSERT INTO audit_event (actor, via_pat_id, via_session_id, jti, action, user_id, request_id, details)
  VALUES (caller, CASE WHEN is_pat THEN left(via, 64) END, CASE WHEN NOT is_pat THEN via::uuid END, left(jwt, 64),
          'access.denied', caller, left(request, 64),
          jsonb_strip_nulls(jsonb_build_object(
            'operation', left(operation, 200), 'problem', left(problem, 100),
            'more_are_not_recorded', CASE WHEN recorded = most - 1 THEN true END)));
  RETURN true;
END
$$;
