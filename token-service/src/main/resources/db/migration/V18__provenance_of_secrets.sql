-- A leak report revokes everything that was made with the leaked secret: created tokens, and new secrets of any other
-- token. Therefore, each secret names the secret that was exchanged for the JWT which made it.

ALTER TABLE access_token_secret
  -- No foreign key: a secret outlives the one that it was made with. Null if no access token was used.
  ADD COLUMN made_with uuid,
  -- Whether it is the secret that its token was created with.
  ADD COLUMN creates_token boolean NOT NULL DEFAULT false;
CREATE INDEX access_token_secret_made_with ON access_token_secret (made_with) WHERE made_with IS NOT NULL;

-- Deleted secrets. They can be reported, and they link what was made with them to what they were made with.
CREATE TABLE deleted_secret (
  id            uuid        PRIMARY KEY,
  token_id      text        NOT NULL,
  lookup        bytea       NOT NULL,
  made_with     uuid,
  creates_token boolean     NOT NULL,
  valid_until   timestamptz,
  revoked_at    timestamptz,
  deleted_at    timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX deleted_secret_lookup ON deleted_secret (lookup); -- a provisioned text may be deleted more than once
CREATE INDEX deleted_secret_token ON deleted_secret (token_id);
CREATE INDEX deleted_secret_made_with ON deleted_secret (made_with) WHERE made_with IS NOT NULL;
CREATE INDEX deleted_secret_age ON deleted_secret (deleted_at);

CREATE FUNCTION remember_secret() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = osmo, pg_temp AS $$
BEGIN
  INSERT INTO deleted_secret (id, token_id, lookup, made_with, creates_token, valid_until, revoked_at)
  VALUES (OLD.id, OLD.token_id, OLD.lookup, OLD.made_with, OLD.creates_token, OLD.valid_until, OLD.revoked_at);
  RETURN NULL;
END
$$;
CREATE TRIGGER access_token_secret_is_remembered AFTER DELETE ON access_token_secret
  FOR EACH ROW EXECUTE FUNCTION remember_secret();

-- Removes deleted secrets that can no longer be reported. What was made with one of them then names the secret that it
-- was made with itself, so no link is lost. Returns the number of removed rows. A secret that another transaction uses
-- is left for the next call.
CREATE FUNCTION forget_deleted_secrets(batch_size integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = osmo, pg_temp AS $$
DECLARE
  gone    deleted_secret;
  links   bigint;
  removed integer := 0;
BEGIN
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

-- Each deletion of tokens removes a few, so that the table stays small without any other job.
CREATE FUNCTION forget_some_deleted_secrets() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = osmo, pg_temp AS $$
BEGIN
  PERFORM forget_deleted_secrets(10);
  RETURN NULL;
END
$$;
CREATE TRIGGER deleted_secrets_end AFTER DELETE ON access_token
  FOR EACH STATEMENT EXECUTE FUNCTION forget_some_deleted_secrets();

-- The secret that makes another one is locked until the new one is committed, and must not be revoked. A leak report
-- therefore either finds the new secret or prevents it, also if the two tokens have different owners. The time is that
-- of the transaction's start: a rotation may have ended the secret itself within this transaction.
CREATE OR REPLACE FUNCTION secret_is_in_order() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = osmo, pg_temp AS $$
DECLARE
  ends timestamptz;
  made xid8;
  live integer;
BEGIN
  SELECT expires_at, created_xid INTO ends, made FROM access_token WHERE id = NEW.token_id FOR NO KEY UPDATE;
  SELECT count(*) INTO live FROM access_token_secret
   WHERE token_id = NEW.token_id AND secret_is_live(revoked_at, valid_until, clock_timestamp());
  IF live >= 2 THEN
    RAISE EXCEPTION 'an access token has at most two live secrets' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF made <> pg_current_xact_id() AND (live = 0 OR ends <= clock_timestamp()) THEN
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

-- Every secret that is known, existing or deleted.
CREATE VIEW known_secret WITH (security_invoker = true) AS
SELECT id, token_id, lookup, made_with, creates_token, valid_until, revoked_at, revoked_at AS ended_at
  FROM access_token_secret
UNION ALL
SELECT id, token_id, lookup, made_with, creates_token, valid_until, revoked_at, least(revoked_at, deleted_at)
  FROM deleted_secret;

-- What was made with the tokens of the roots, directly or through others: tokens that were created (token_id), and
-- secrets (secret_id). A token that was created with a leaked one belongs to it completely. Of a token that was only
-- rotated, the new secrets belong to it. The parent is known also for tokens whose secrets name no origin.
CREATE FUNCTION made_with_leaked(roots text[]) RETURNS TABLE (token_id text, secret_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = osmo, pg_temp AS $$
  WITH RECURSIVE reached (token, secret) AS (
    SELECT unnest(roots), NULL::uuid
    UNION
    SELECT next.token, next.secret
      FROM reached r CROSS JOIN LATERAL (
        SELECT NULL::text AS token, s.id AS secret FROM known_secret s WHERE s.token_id = r.token
        UNION ALL
        SELECT t.id, NULL FROM access_token t WHERE t.parent_id = r.token
        UNION ALL
        SELECT d.id, NULL FROM deleted_token_origin d WHERE d.parent_id = r.token
        UNION ALL
        SELECT NULL, s.id FROM known_secret s WHERE s.made_with = r.secret
        UNION ALL
        SELECT s.token_id, NULL FROM known_secret s WHERE s.made_with = r.secret AND s.creates_token
      ) next
  )
  SELECT token, secret FROM reached
$$;

-- Revokes live secrets, and returns them with their tokens.
CREATE FUNCTION revoke_secrets(secrets uuid[], why text) RETURNS TABLE (secret_id uuid, token_id text)
LANGUAGE sql SECURITY DEFINER SET search_path = osmo, pg_temp AS $$
  UPDATE access_token_secret SET revoked_at = clock_timestamp(), reason = left(why, 200)
   WHERE id = ANY (secrets) AND secret_is_live(revoked_at, valid_until, clock_timestamp())
  RETURNING id, token_id
$$;

-- Revokes the tokens of the presented secrets and everything that was made with them, each with its audit row. Returns
-- the number of tokens of which a secret was revoked.
--
-- The owners' locks order this with creations and rotations, and the locks on the secrets with those of other owners'
-- tokens. Users are always locked before secrets, so if an owner is found later, all locks are released first.
CREATE OR REPLACE FUNCTION revoke_leaked(presented bytea[], request text) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = osmo, pg_temp AS $$
DECLARE
  leaked   text[];
  older    text[];
  created  text[];
  secrets  uuid[];
  owners   text[] := '{}';
  needed   text[];
  affected uuid[];
  locked   uuid[];
  ended    integer;
BEGIN
  LOOP
    BEGIN
      PERFORM FROM users WHERE id = ANY (owners) ORDER BY id COLLATE "C" FOR NO KEY UPDATE;
      locked := '{}';
      LOOP
        -- A secret authorizes a report while it is live and then for as long as the longest grace period, whether a
        -- rotation, a revocation or a deletion ended it.
        leaked := ARRAY(SELECT DISTINCT token_id FROM known_secret
                         WHERE lookup = ANY (presented)
                           AND secret_is_live(NULL, valid_until, least(ended_at, clock_timestamp()) - longest_grace())
                           AND secret_is_live(NULL, ended_at, clock_timestamp() - longest_grace()));
        -- A secret that was revoked earlier, while it authorized a report, still authorizes the revocation of what was
        -- made with its token.
        older := ARRAY(SELECT DISTINCT token_id FROM known_secret
                        WHERE lookup = ANY (presented)
                          AND secret_is_live(NULL, valid_until, revoked_at - longest_grace())
                       EXCEPT SELECT unnest(leaked));
        -- Read separately: the tokens of one list may be made with those of the other.
        created := ARRAY(SELECT r.token_id FROM made_with_leaked(leaked) r WHERE r.token_id IS NOT NULL
                         UNION
                         SELECT r.token_id FROM made_with_leaked(older) r WHERE r.token_id <> ALL (older)
                         EXCEPT SELECT unnest(leaked));
        secrets := ARRAY(SELECT s.id FROM access_token_secret s
                          WHERE s.id IN (SELECT r.secret_id FROM made_with_leaked(leaked) r
                                         UNION SELECT r.secret_id FROM made_with_leaked(older) r)
                            AND s.token_id <> ALL (leaked || older || created));
        needed := ARRAY(SELECT user_id FROM access_token WHERE id = ANY (leaked || created)
                        UNION
                        SELECT t.user_id FROM access_token_secret s JOIN access_token t ON t.id = s.token_id
                         WHERE s.id = ANY (secrets));
        IF NOT needed <@ owners THEN
          RAISE EXCEPTION 'further owners must be locked first' USING ERRCODE = 'OL001';
        END IF;
        affected := ARRAY(SELECT id FROM access_token_secret
                           WHERE id = ANY (secrets) OR token_id = ANY (leaked || created));
        EXIT WHEN affected <@ locked;
        PERFORM FROM access_token_secret WHERE id = ANY (affected) ORDER BY id FOR NO KEY UPDATE;
        locked := affected;
      END LOOP;
      EXIT;
    EXCEPTION WHEN SQLSTATE 'OL001' THEN
      owners := ARRAY(SELECT unnest(owners) UNION SELECT unnest(needed));
    END;
  END LOOP;
  WITH token AS (
    SELECT id, 'reported as leaked' AS why FROM revoke_tokens(leaked, 'reported as leaked') AS id
    UNION ALL
    SELECT id, 'created with a token that was reported as leaked'
      FROM revoke_tokens(created, 'created with a token that was reported as leaked') AS id
  ), secret AS (
    SELECT secret_id, token_id FROM revoke_secrets(secrets, 'made with a token that was reported as leaked')
  ), audited AS (
    INSERT INTO audit_event (actor, action, user_id, pat_id, request_id, details)
    SELECT session_user, 'token.revoked', t.user_id, t.id, request, jsonb_build_object('reason', token.why)
      FROM token JOIN access_token t ON t.id = token.id
    UNION ALL
    SELECT session_user, 'secret.revoked', t.user_id, t.id, request,
           jsonb_build_object('reason', 'made with a token that was reported as leaked', 'secret_id', secret.secret_id)
      FROM secret JOIN access_token t ON t.id = secret.token_id
  )
  SELECT count(*) INTO ended FROM (SELECT id FROM token UNION SELECT token_id FROM secret) revoked;
  RETURN ended;
END
$$;
