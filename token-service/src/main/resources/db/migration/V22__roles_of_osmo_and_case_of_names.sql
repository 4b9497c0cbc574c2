-- Roles as OSMO describes them, and one rule about the case of user ids and token names.

-- policies are stored for the resource servers that read them; sync_mode and external_roles are for sign-in. A role of
-- the previous release, which writes none of these columns, gets the defaults.
ALTER TABLE role
  ADD COLUMN policies       jsonb   NOT NULL DEFAULT '[]' CONSTRAINT role_policies_shape
                                    CHECK (jsonb_typeof(policies) = 'array'),
  ADD COLUMN immutable      boolean NOT NULL DEFAULT false,
  ADD COLUMN sync_mode      text    NOT NULL DEFAULT 'import' CONSTRAINT role_sync_mode_known
                                    CHECK (sync_mode IN ('force', 'import', 'ignore')),
  ADD COLUMN external_roles text[]  NOT NULL DEFAULT '{}';

INSERT INTO role (name, description) VALUES
  ('osmo-default', 'What every user may do'),
  ('osmo-backend', 'For the agents of compute backends'),
  ('osmo-ctrl',    'For the control containers of workflows')
ON CONFLICT (name) DO NOTHING;

-- User ids and token names ignore the case of ASCII letters and of no others. Without "C", lower() follows the database's
-- locale: a Turkish one keeps I and i apart, and others turn the Kelvin sign into k.
DROP INDEX users_id_ignoring_case;
CREATE UNIQUE INDEX users_id_ignoring_case ON users (lower(id COLLATE "C"));
DROP INDEX access_token_name_per_user;
CREATE UNIQUE INDEX access_token_name_per_user ON access_token (user_id, lower(name COLLATE "C"));
