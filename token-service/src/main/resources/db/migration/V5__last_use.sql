-- When a token was last exchanged. A table of its own, so that frequent small writes never touch the token's row.

CREATE TABLE access_token_use (
  token_id     text        PRIMARY KEY,
  last_used_at timestamptz NOT NULL
);

CREATE FUNCTION forget_use() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = osmo, pg_temp AS $$
BEGIN
  DELETE FROM access_token_use WHERE token_id = OLD.id;
  RETURN NULL;
END
$$;
CREATE TRIGGER access_token_use_ends AFTER DELETE ON access_token FOR EACH ROW EXECUTE FUNCTION forget_use();

-- Notes a batch of exchanges: secret_ids[i] was exchanged at used_at[i]. Never moves a time back, before the secret or
-- beyond now, and knows of no secret that does not exist. Rows are taken in one order, so that two replicas cannot
-- deadlock. A token that is being deleted is passed over: it must leave no row behind, and nobody waits for it here.
CREATE FUNCTION record_use(secret_ids uuid[], used_at timestamptz[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = osmo, pg_temp AS $$
DECLARE
  live text[];
BEGIN
  live := ARRAY(SELECT id FROM access_token
                 WHERE id IN (SELECT token_id FROM access_token_secret WHERE id = ANY (secret_ids))
                 ORDER BY id FOR KEY SHARE SKIP LOCKED);
  PERFORM FROM access_token_secret
    WHERE id = ANY (secret_ids) AND token_id = ANY (live) AND first_used_at IS NULL
    ORDER BY id FOR NO KEY UPDATE;
  UPDATE access_token_secret s SET first_used_at = least(greatest(u.at, s.created_at), clock_timestamp())
    FROM (SELECT id, min(at) AS at FROM unnest(secret_ids, used_at) AS seen (id, at) GROUP BY id) u
   WHERE s.id = u.id AND s.token_id = ANY (live) AND s.first_used_at IS NULL;
  INSERT INTO access_token_use AS known (token_id, last_used_at)
  SELECT s.token_id, least(max(greatest(seen.at, s.created_at)), clock_timestamp())
    FROM unnest(secret_ids, used_at) AS seen (id, at) JOIN access_token_secret s ON s.id = seen.id
   WHERE s.token_id = ANY (live)
   GROUP BY s.token_id ORDER BY s.token_id
  ON CONFLICT (token_id) DO UPDATE SET last_used_at = greatest(known.last_used_at, EXCLUDED.last_used_at);
END
$$;
