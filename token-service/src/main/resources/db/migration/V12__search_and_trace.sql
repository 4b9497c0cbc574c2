-- What administrators search by, in the order in which pages follow each other, and what no secret comes without.

-- Ids and names hold only ASCII, and byte order is the same on every server, so a page's end means the same everywhere.
CREATE INDEX access_token_by_owner_and_name ON access_token (user_id COLLATE "C", name COLLATE "C");
CREATE INDEX audit_event_time ON audit_event (occurred_at, id);
CREATE INDEX audit_event_actor ON audit_event (actor, occurred_at);
CREATE INDEX audit_event_action ON audit_event (action, occurred_at);
CREATE INDEX audit_event_jti ON audit_event (jti) WHERE jti IS NOT NULL;
-- Each start asks which peppers live secrets need.
CREATE INDEX access_token_secret_pepper ON access_token_secret (pepper_id);

-- A secret that token-service's user adds leaves a row in the trail. The rules write one that says more; whoever passes
-- them by gets this one at the commit, and cannot take it back.
CREATE FUNCTION new_secret_leaves_a_trace() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = osmo, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM audit_event
                  WHERE pat_id = NEW.token_id AND action IN ('token.created', 'token.rotated')
                    AND xmin = pg_current_xact_id()::xid) THEN
    INSERT INTO audit_event (actor, action, user_id, pat_id, details)
    SELECT session_user, 'secret.added', t.user_id, t.id, jsonb_build_object('secret_id', NEW.id)
      FROM access_token t WHERE t.id = NEW.token_id;
  END IF;
  RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER access_token_secret_trace AFTER INSERT ON access_token_secret
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (session_user = 'osmo_token_service')
  EXECUTE FUNCTION new_secret_leaves_a_trace();
