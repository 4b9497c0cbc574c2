-- Who exists, which roles exist, and who holds which. Removing a role deletes its assignment: an assignment's id is
-- never used again, and that is what keeps a role granted anew from waking old tokens.

CREATE TABLE users (
  id          text        PRIMARY KEY
                          CONSTRAINT users_id_shape
                          CHECK (id ~ '^[a-zA-Z0-9]([a-zA-Z0-9_.@-]*[a-zA-Z0-9])?$' AND char_length(id) <= 254),
  created_at  timestamptz NOT NULL DEFAULT now(),
  created_by  text        NOT NULL,
  disabled_at timestamptz
);
-- Two people must not differ by case alone.
CREATE UNIQUE INDEX users_id_ignoring_case ON users (lower(id));

CREATE TABLE role (
  name        text PRIMARY KEY
                   CONSTRAINT role_name_shape
                   CHECK (name ~ '^[a-zA-Z0-9]([a-zA-Z0-9_.:-]*[a-zA-Z0-9])?$' AND char_length(name) <= 64),
  description text NOT NULL DEFAULT '' CONSTRAINT role_description_length CHECK (char_length(description) <= 512)
);

INSERT INTO role (name, description) VALUES
  ('osmo-admin',      'Manages users, roles and everybody''s tokens'),
  ('osmo-user',       'Uses the platform'),
  ('osmo-introspect', 'May introspect tokens of others');

CREATE TABLE role_assignment (
  id          uuid        PRIMARY KEY DEFAULT gen_random_uuid(),
  user_id     text        NOT NULL REFERENCES users ON DELETE CASCADE,
  role_name   text        NOT NULL REFERENCES role ON DELETE CASCADE,
  assigned_by text        NOT NULL,
  assigned_at timestamptz NOT NULL DEFAULT clock_timestamp(), -- roles granted together keep their order
  CONSTRAINT role_assignment_once UNIQUE (user_id, role_name)
);
CREATE INDEX role_assignment_role ON role_assignment (role_name);

-- Says no to a change of a row that may only be made and deleted. The trigger's argument is the sentence to say.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation';
END
$$;

-- Another role under the same id would widen every token that names it.
CREATE TRIGGER role_assignment_is_immutable BEFORE UPDATE ON role_assignment
  FOR EACH ROW EXECUTE FUNCTION refuse_change('a role assignment never changes: remove it and grant the other role');
