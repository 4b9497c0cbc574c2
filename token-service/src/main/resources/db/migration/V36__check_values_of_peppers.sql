-- Shows that a pepper file has the pepper with which secrets were made, and not another one under the same id: then every
-- token would be refused as unknown. token-service writes a row before it creates a token under a new pepper, and nobody
-- changes it: a pepper that is no longer used keeps its id.
CREATE TABLE pepper_check (
  pepper_id   text        PRIMARY KEY CONSTRAINT pepper_check_id CHECK (pepper_id ~ '^[A-Za-z0-9._-]{1,32}$'),
  -- HMAC-SHA-256 of a fixed text. A pepper has 256 random bits, so it cannot be guessed from this.
  check_value bytea       NOT NULL CONSTRAINT pepper_check_length CHECK (octet_length(check_value) = 32),
  recorded_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
