-- Every change, in the change's own transaction. Append-only: nobody is granted more, and a trigger refuses the owner too.
-- No foreign keys: what happened stays on record when the people and tokens are gone.

CREATE TABLE audit_event (
  id          bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  occurred_at timestamptz NOT NULL DEFAULT now(),
  actor       text        NOT NULL, -- a user id, or the database user of the service that acted by itself
  via_pat_id  text,                 -- the token behind the actor's login
  jti         text,                 -- of the JWT that made the change
  action      text        NOT NULL, -- 'token.created', 'role.removed', …
  user_id     text,                 -- whom it concerns
  pat_id      text,                 -- which token it concerns
  request_id  text,
  details     jsonb       NOT NULL DEFAULT '{}'
);
CREATE INDEX audit_event_user ON audit_event (user_id, occurred_at);
CREATE INDEX audit_event_pat ON audit_event (pat_id, occurred_at);

CREATE TRIGGER audit_event_is_append_only BEFORE UPDATE OR DELETE ON audit_event
  FOR EACH ROW EXECUTE FUNCTION refuse_change('the audit trail is append-only');
CREATE TRIGGER audit_event_is_not_emptied BEFORE TRUNCATE ON audit_event
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('the audit trail is append-only');
