-- A sign-in reads the sessions of its user that can be used. Ended ones are kept for a while, and may be many.
CREATE INDEX login_session_not_ended ON login_session (user_id, expires_at) WHERE ended_at IS NULL;
