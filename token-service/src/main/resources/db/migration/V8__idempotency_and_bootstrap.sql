-- What token-service remembers between starts and between retries. Hashes only.

CREATE TABLE idempotency_key (
  user_id      text        NOT NULL REFERENCES users ON DELETE CASCADE,
  key_hash     bytea       NOT NULL,
  request_hash bytea       NOT NULL,
  pat_id       text        NOT NULL,
  created_at   timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (user_id, key_hash)
);
CREATE INDEX idempotency_key_age ON idempotency_key (created_at);

-- The first administrator's token file that was applied last: a restart with the same file changes nothing.
CREATE TABLE bootstrap_token (
  only_row   boolean     PRIMARY KEY DEFAULT true CONSTRAINT bootstrap_token_one CHECK (only_row),
  digest     bytea       NOT NULL CONSTRAINT bootstrap_token_digest_length CHECK (octet_length(digest) = 32),
  pat_id     text        NOT NULL,
  applied_at timestamptz NOT NULL DEFAULT now()
);
