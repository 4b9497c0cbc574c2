-- A restored backup contains what was removed and revoked since: roles, tokens, sessions and signing keys would come back.
-- Nothing is decided on such a database until an operator has said what is revoked.

-- The server whose data the operator has accepted. The identifier is made when a server is initialized, so the copy of a dump
-- is in a server with another one. A copy of the files keeps it: then the operator raises the epoch.
CREATE TABLE database_identity (
  only_row          boolean     PRIMARY KEY DEFAULT true CONSTRAINT database_identity_one CHECK (only_row),
  system_identifier bigint      NOT NULL,
  epoch             integer     NOT NULL DEFAULT 0 CONSTRAINT database_identity_epoch CHECK (epoch >= 0),
  decided_at        timestamptz NOT NULL DEFAULT clock_timestamp()
);
INSERT INTO database_identity (system_identifier) SELECT system_identifier FROM pg_control_system();

-- One row. The services read it at their start and with each commit of their leases.
CREATE VIEW database_origin WITH (security_invoker = true) AS
SELECT d.system_identifier = c.system_identifier AS same_server, d.epoch
  FROM database_identity d, pg_control_system() c;

-- What an operator decides about a restored database, in one transaction: every credential that was made before a time is
-- revoked, and the database is accepted in this server and at this epoch. Without a time nothing is revoked. Only the owner
-- of the database may run this.
CREATE FUNCTION accept_restored(revoke_before timestamptz, new_epoch integer)
RETURNS TABLE (tokens bigint, sessions bigint, keys bigint)
LANGUAGE plpgsql SET search_path = osmo, pg_temp AS $$
DECLARE
  why constant text := 'the database was restored from a backup';
BEGIN
  WITH revoked AS (
    UPDATE access_token_secret SET revoked_at = clock_timestamp(), reason = why
     WHERE created_at < revoke_before AND secret_is_live(revoked_at, valid_until, clock_timestamp())
    RETURNING token_id
  )
  SELECT count(DISTINCT token_id) INTO tokens FROM revoked;
  UPDATE login_session SET ended_at = clock_timestamp(), end_reason = why
   WHERE created_at < revoke_before AND session_is_live(ended_at, expires_at, clock_timestamp());
  GET DIAGNOSTICS sessions = ROW_COUNT;
  UPDATE signing_key SET state = 'gone' WHERE created_at < revoke_before AND state <> 'gone';
  GET DIAGNOSTICS keys = ROW_COUNT;
  DELETE FROM idempotency_key WHERE created_at < revoke_before;
  UPDATE database_identity SET system_identifier = c.system_identifier, epoch = new_epoch, decided_at = clock_timestamp()
    FROM pg_control_system() c;
  INSERT INTO audit_event (actor, action, details)
  VALUES (session_user, 'database.accepted', jsonb_strip_nulls(jsonb_build_object(
    'revoked_before', revoke_before, 'epoch', new_epoch, 'tokens', tokens, 'sessions', sessions, 'signing_keys', keys)));
  RETURN NEXT;
END
$$;
