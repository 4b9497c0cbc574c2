-- A personal access token, its secrets, and the snapshot of roles it was created with.

CREATE TABLE access_token (
  id              text        PRIMARY KEY CONSTRAINT access_token_id_shape CHECK (id ~ '^pat_[0-9A-Za-z]{22}$'),
  user_id         text        NOT NULL REFERENCES users ON DELETE CASCADE,
  name            text        NOT NULL
                              CONSTRAINT access_token_name_shape
                              CHECK (name ~ '^[a-zA-Z]([a-zA-Z0-9_-]*[a-zA-Z0-9])?$' AND char_length(name) <= 64)
                              CONSTRAINT access_token_name_reserved
                              CHECK (lower(name) <> 'self' AND lower(left(name, 4)) <> 'pat_'),
  description     text        NOT NULL DEFAULT ''
                              CONSTRAINT access_token_description_length CHECK (char_length(description) <= 512),
  expires_at      timestamptz NOT NULL,
  renewable_until timestamptz,
  created_at      timestamptz NOT NULL DEFAULT now(),
  created_by      text        NOT NULL,
  parent_id       text,       -- the token whose login made this one; no foreign key, children outlive their parent
  suspended_at    timestamptz,
  -- The creating transaction: the one moment in which roles may be given to the token.
  created_xid     xid8        NOT NULL DEFAULT pg_current_xact_id(),
  CONSTRAINT access_token_renewal CHECK (renewable_until >= expires_at)
);
CREATE UNIQUE INDEX access_token_name_per_user ON access_token (user_id, lower(name));
CREATE INDEX access_token_parent ON access_token (parent_id) WHERE parent_id IS NOT NULL;

CREATE FUNCTION access_token_keeps_its_identity() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.id, NEW.user_id, NEW.name, NEW.created_at, NEW.created_by, NEW.parent_id, NEW.created_xid)
     IS DISTINCT FROM (OLD.id, OLD.user_id, OLD.name, OLD.created_at, OLD.created_by, OLD.parent_id, OLD.created_xid) THEN
    RAISE EXCEPTION 'an access token keeps its id, owner, name and origin for life'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER access_token_keeps_its_identity BEFORE UPDATE ON access_token
  FOR EACH ROW EXECUTE FUNCTION access_token_keeps_its_identity();

CREATE TABLE access_token_secret (
  id            uuid        PRIMARY KEY DEFAULT gen_random_uuid(),
  token_id      text        NOT NULL REFERENCES access_token ON DELETE CASCADE,
  lookup        bytea       NOT NULL
                            CONSTRAINT access_token_secret_lookup_once UNIQUE
                            CONSTRAINT access_token_secret_lookup_length CHECK (octet_length(lookup) = 32),
  pepper_id     text        NOT NULL,
  phc           text        NOT NULL CONSTRAINT access_token_secret_phc_kind CHECK (starts_with(phc, '$argon2id$')),
  created_at    timestamptz NOT NULL DEFAULT now(),
  first_used_at timestamptz,
  valid_until   timestamptz, -- null: as long as the token
  revoked_at    timestamptz,
  reason        text
);
CREATE INDEX access_token_secret_token ON access_token_secret (token_id);

CREATE TABLE access_token_role (
  token_id      text        NOT NULL REFERENCES access_token ON DELETE CASCADE,
  assignment_id uuid        NOT NULL, -- no foreign key: a removed assignment is pruned, and until then joins to nothing
  role_name     text        NOT NULL,
  assigned_by   text        NOT NULL,
  assigned_at   timestamptz NOT NULL,
  PRIMARY KEY (token_id, assignment_id)
);
CREATE INDEX access_token_role_assignment ON access_token_role (assignment_id);

-- A snapshot row is written in the transaction that creates the token, for an assignment its owner holds, and says of
-- that assignment what the assignment says of itself. The owner's row is locked first: a removal that runs beside us
-- commits after us, and its event then finds our row. The read after the lock must see what was committed while we
-- waited, which the stricter isolation levels hide. Transaction numbers start again in a restored dump: the time must
-- be the creating transaction's as well.
CREATE FUNCTION snapshot_role() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = osmo, pg_temp AS $$
DECLARE
  owner_id text;
BEGIN
  IF current_setting('transaction_isolation') IN ('repeatable read', 'serializable') THEN
    RAISE EXCEPTION 'an access token is created in a read committed transaction'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  SELECT user_id INTO owner_id FROM access_token
   WHERE id = NEW.token_id AND created_xid = pg_current_xact_id() AND created_at = now();
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the roles of an access token are fixed at its creation'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  PERFORM FROM users WHERE id = owner_id FOR NO KEY UPDATE;
  SELECT role_name, assigned_by, assigned_at INTO NEW.role_name, NEW.assigned_by, NEW.assigned_at
    FROM role_assignment WHERE id = NEW.assignment_id AND user_id = owner_id;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'an access token takes only roles that its owner holds'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER access_token_role_snapshot BEFORE INSERT ON access_token_role
  FOR EACH ROW EXECUTE FUNCTION snapshot_role();
CREATE TRIGGER access_token_role_is_immutable BEFORE UPDATE ON access_token_role
  FOR EACH ROW EXECUTE FUNCTION refuse_change('the roles of an access token never change, they are only pruned');
