-- Rows that are no longer of use are deleted after a retention period, and statements about live tokens and secrets read
-- only those. The retention periods are settings of token-service. Each function below keeps a minimum whatever its caller
-- asks for, so the database user of token-service cannot delete what a leak report or an investigation needs.

-- An index for each question about live rows. The first follows the definition of secret_is_live.
CREATE INDEX access_token_secret_live ON access_token_secret (token_id, coalesce(valid_until, 'infinity'))
  WHERE revoked_at IS NULL;
CREATE INDEX access_token_secret_revoked ON access_token_secret (token_id, revoked_at) WHERE revoked_at IS NOT NULL;
CREATE INDEX access_token_secret_newest ON access_token_secret (token_id, created_at);
DROP INDEX access_token_secret_token; -- the one above begins with the same column
CREATE INDEX access_token_by_owner_and_expiry ON access_token (user_id, expires_at);
CREATE INDEX users_newest ON users (created_at DESC, id COLLATE "C");

-- An index for each deletion: the rows in the order in which they ended.
CREATE INDEX access_token_secret_end ON access_token_secret (least(revoked_at, valid_until))
  WHERE least(revoked_at, valid_until) IS NOT NULL;
CREATE INDEX access_token_end ON access_token (expires_at);
CREATE INDEX role_removal_pruned ON role_removal (pruned_at) WHERE pruned_at IS NOT NULL;

-- A token is live if it is neither expired nor revoked. It may be suspended.
CREATE VIEW live_token WITH (security_invoker = true) AS
SELECT t.id, t.user_id
  FROM access_token t
 CROSS JOIN LATERAL (SELECT FROM live_secret s WHERE s.token_id = t.id LIMIT 1) its_secret -- never reads all secrets
 WHERE t.expires_at > statement_timestamp();

-- As before. The time is read once, after the lock, so that the count reads live secrets only.
CREATE OR REPLACE FUNCTION secret_is_in_order() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = osmo, pg_temp AS $$
DECLARE
  ends timestamptz;
  made xid8;
  at_time timestamptz;
  live integer;
BEGIN
  SELECT expires_at, created_xid INTO ends, made FROM access_token WHERE id = NEW.token_id FOR NO KEY UPDATE;
  at_time := clock_timestamp();
  SELECT count(*) INTO live FROM access_token_secret
   WHERE token_id = NEW.token_id AND secret_is_live(revoked_at, valid_until, at_time);
  IF live >= 2 THEN
    RAISE EXCEPTION 'an access token has at most two live secrets' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF made <> pg_current_xact_id() AND (live = 0 OR ends <= at_time) THEN
    RAISE EXCEPTION 'an access token that is expired or revoked cannot get a new secret'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  NEW.creates_token := coalesce(made = pg_current_xact_id(), false);
  IF NEW.made_with IS NOT NULL THEN
    PERFORM FROM access_token_secret WHERE id = NEW.made_with AND secret_is_live(revoked_at, valid_until, now())
      FOR SHARE;
    IF NOT FOUND THEN
      RAISE EXCEPTION 'the secret that makes another one was revoked meanwhile' USING ERRCODE = 'serialization_failure';
    END IF;
  END IF;
  RETURN NEW;
END
$$;

-- As before, without the secrets that ended so long ago that they do not authorize a leak report. Whether they are marked
-- as revoked decides nothing.
CREATE OR REPLACE FUNCTION revoke_tokens(tokens text[], why text) RETURNS SETOF text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = osmo, pg_temp AS $$
DECLARE
  since constant timestamptz := clock_timestamp() - longest_grace();
BEGIN
  RETURN QUERY
  WITH ended AS (
    UPDATE access_token_secret SET revoked_at = clock_timestamp(), reason = left(why, 200)
     WHERE token_id = ANY (tokens) AND secret_is_live(revoked_at, valid_until, since)
    RETURNING token_id
  )
  SELECT DISTINCT token_id FROM ended ORDER BY token_id;
END
$$;

-- When a secret was revoked or expired, or will expire. Null if it is valid as long as its token.
CREATE FUNCTION secret_ended_at(revoked_at timestamptz, valid_until timestamptz) RETURNS timestamptz
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN least(revoked_at, valid_until);

-- The number of rows that one call may delete.
CREATE FUNCTION purge_size(batch integer) RETURNS integer
LANGUAGE sql IMMUTABLE
RETURN least(greatest(batch, 1), 1000);

-- What ended before this time may be deleted: nothing without a retention period, and never what the minimum keeps.
CREATE FUNCTION purge_cutoff(retention interval, minimum interval) RETURNS timestamptz
LANGUAGE sql
RETURN clock_timestamp() - CASE WHEN retention IS NOT NULL THEN greatest(retention, minimum) END;

-- As before, for one transaction at a time: two of them would wait for each other's rows.
CREATE OR REPLACE FUNCTION forget_deleted_secrets(batch_size integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = osmo, pg_temp AS $$
DECLARE
  gone    deleted_secret;
  links   bigint;
  removed integer := 0;
BEGIN
  IF NOT pg_try_advisory_xact_lock(hashtextextended('osmo.forget_deleted_secrets', 0)) THEN
    RETURN 0;
  END IF;
  FOR gone IN SELECT * FROM deleted_secret WHERE deleted_at < clock_timestamp() - longest_grace()
               ORDER BY deleted_at LIMIT least(greatest(batch_size, 1), 1000) FOR UPDATE SKIP LOCKED LOOP
    SELECT count(*) INTO links FROM (SELECT FROM access_token_secret WHERE made_with = gone.id
                                        FOR NO KEY UPDATE SKIP LOCKED) free;
    CONTINUE WHEN links < (SELECT count(*) FROM access_token_secret WHERE made_with = gone.id);
    UPDATE access_token_secret
       SET made_with = gone.made_with, creates_token = creates_token OR (gone.creates_token AND token_id = gone.token_id)
     WHERE made_with = gone.id;
    UPDATE deleted_secret
       SET made_with = gone.made_with, creates_token = creates_token OR (gone.creates_token AND token_id = gone.token_id)
     WHERE made_with = gone.id;
    DELETE FROM deleted_secret WHERE id = gone.id;
    removed := removed + 1;
  END LOOP;
  RETURN removed;
END
$$;

-- Deletes secrets that ended before the retention period, and returns their number. The last secret of a token is kept: it
-- is deleted with the token. A secret is kept at least as long as it authorizes a leak report, and what links it to others
-- even longer, in deleted_secret. A secret that another transaction has locked is left for the next call, so this function
-- never waits for it and replicas share the work.
CREATE FUNCTION purge_secrets(retention interval, batch integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = osmo, pg_temp AS $$
DECLARE
  cutoff constant timestamptz := purge_cutoff(retention, longest_grace());
  purged integer;
BEGIN
  DELETE FROM access_token_secret WHERE id IN (
    SELECT s.id FROM access_token_secret s
     WHERE cutoff >= secret_ended_at(s.revoked_at, s.valid_until)
       AND EXISTS (SELECT FROM access_token_secret later
                    WHERE later.token_id = s.token_id
                      AND (coalesce(secret_ended_at(later.revoked_at, later.valid_until), 'infinity'), later.id)
                          > (secret_ended_at(s.revoked_at, s.valid_until), s.id))
     ORDER BY secret_ended_at(s.revoked_at, s.valid_until)
     LIMIT purge_size(batch) FOR UPDATE OF s SKIP LOCKED);
  GET DIAGNOSTICS purged = ROW_COUNT;
  RETURN purged;
END
$$;

-- The origins of deleted tokens, under the rule of V15. A purge deletes many tokens in one statement, so what each
-- deletion forgets is too little.
CREATE FUNCTION purge_token_origins(batch integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = osmo, pg_temp AS $$
DECLARE
  purged integer;
BEGIN
  DELETE FROM deleted_token_origin WHERE id IN (
    SELECT o.id FROM deleted_token_origin o
     WHERE o.deleted_at < now() - interval '366 days'
       AND NOT EXISTS (SELECT FROM access_token t WHERE t.parent_id = o.id)
       AND NOT EXISTS (SELECT FROM deleted_token_origin d WHERE d.parent_id = o.id)
     ORDER BY o.deleted_at LIMIT purge_size(batch) FOR UPDATE SKIP LOCKED);
  GET DIAGNOSTICS purged = ROW_COUNT;
  RETURN purged;
END
$$;

-- Deletes tokens that expired or were revoked before the retention period, each with its audit row, and returns their
-- number. Whoever deletes or revokes a token holds its owner's lock, and whoever records a use or prunes a role holds the
-- token. Tokens that are locked in either way are left for the next call. The facts are read again under the locks.
CREATE FUNCTION purge_tokens(retention interval, batch integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = osmo, pg_temp AS $$
DECLARE
  cutoff constant timestamptz := purge_cutoff(retention, longest_grace());
  found  text[];
  owners text[];
  purged integer;
BEGIN
  found := ARRAY(
    (SELECT id FROM access_token WHERE expires_at <= cutoff ORDER BY expires_at LIMIT purge_size(batch))
    UNION
    (SELECT s.token_id FROM access_token_secret s
      WHERE cutoff >= secret_ended_at(s.revoked_at, s.valid_until)
        AND NOT EXISTS (SELECT FROM access_token_secret other
                         WHERE other.token_id = s.token_id
                           AND coalesce(secret_ended_at(other.revoked_at, other.valid_until), 'infinity') > cutoff)
      ORDER BY secret_ended_at(s.revoked_at, s.valid_until) LIMIT purge_size(batch)));
  owners := ARRAY(SELECT id FROM users WHERE id IN (SELECT user_id FROM access_token WHERE id = ANY (found))
                   ORDER BY id COLLATE "C" FOR NO KEY UPDATE SKIP LOCKED);
  found := ARRAY(SELECT id FROM access_token WHERE id = ANY (found) AND user_id = ANY (owners)
                  ORDER BY id FOR UPDATE SKIP LOCKED);
  WITH ended AS (
    SELECT t.id, least(t.expires_at, max(coalesce(secret_ended_at(s.revoked_at, s.valid_until), 'infinity'))) AS at
      FROM access_token t LEFT JOIN access_token_secret s ON s.token_id = t.id
     WHERE t.id = ANY (found)
     GROUP BY t.id
  ), deleted AS (
    DELETE FROM access_token t USING ended WHERE t.id = ended.id AND ended.at <= cutoff
    RETURNING t.id, t.user_id, t.name, ended.at
  ), audited AS (
    INSERT INTO audit_event (actor, action, user_id, pat_id, details)
    SELECT session_user, 'token.purged', deleted.user_id, deleted.id,
           jsonb_build_object('name', deleted.name, 'ended_at', deleted.at)
      FROM deleted
  )
  SELECT count(*) INTO purged FROM deleted;
  RETURN purged;
END
$$;

CREATE OR REPLACE FUNCTION forget_origins() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = osmo, pg_temp AS $$
BEGIN
  PERFORM purge_token_origins(10);
  RETURN NULL;
END
$$;

-- Deletes role removals that were pruned before the retention period. One that is not pruned yet is never deleted.
CREATE FUNCTION purge_role_removals(retention interval, batch integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = osmo, pg_temp AS $$
DECLARE
  cutoff constant timestamptz := purge_cutoff(retention, longest_grace());
  purged integer;
BEGIN
  DELETE FROM role_removal WHERE id IN (
    SELECT id FROM role_removal WHERE pruned_at <= cutoff
     ORDER BY pruned_at LIMIT purge_size(batch) FOR UPDATE SKIP LOCKED);
  GET DIAGNOSTICS purged = ROW_COUNT;
  RETURN purged;
END
$$;

-- The audit trail stays append-only, and its oldest rows may be deleted. For this long, nobody deletes a row: the trigger
-- refuses it to the owner of the schema, too.
CREATE FUNCTION shortest_audit_retention() RETURNS interval LANGUAGE sql IMMUTABLE RETURN interval '30 days';

DROP TRIGGER audit_event_is_append_only ON audit_event;
CREATE TRIGGER audit_event_is_append_only BEFORE UPDATE ON audit_event
  FOR EACH ROW EXECUTE FUNCTION refuse_change('the audit trail is append-only');
CREATE TRIGGER audit_event_is_kept BEFORE DELETE ON audit_event
  FOR EACH ROW WHEN (OLD.occurred_at > clock_timestamp() - shortest_audit_retention())
  EXECUTE FUNCTION refuse_change('the audit trail is append-only, and a row is kept for at least 30 days');

CREATE FUNCTION purge_audit_events(retention interval, batch integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = osmo, pg_temp AS $$
DECLARE
  cutoff constant timestamptz := purge_cutoff(retention, shortest_audit_retention());
  purged integer;
BEGIN
  DELETE FROM audit_event WHERE id IN (
    SELECT id FROM audit_event WHERE occurred_at <= cutoff
     ORDER BY occurred_at, id LIMIT purge_size(batch) FOR UPDATE SKIP LOCKED);
  GET DIAGNOSTICS purged = ROW_COUNT;
  RETURN purged;
END
$$;

-- An idempotency key is kept for at least the 24 hours that clients are promised.
CREATE FUNCTION purge_idempotency_keys(retention interval, batch integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = osmo, pg_temp AS $$
DECLARE
  cutoff constant timestamptz := purge_cutoff(retention, interval '24 hours');
  purged integer;
BEGIN
  DELETE FROM idempotency_key WHERE (user_id, key_hash) IN (
    SELECT user_id, key_hash FROM idempotency_key WHERE created_at <= cutoff
     ORDER BY created_at LIMIT purge_size(batch) FOR UPDATE SKIP LOCKED);
  GET DIAGNOSTICS purged = ROW_COUNT;
  RETURN purged;
END
$$;
