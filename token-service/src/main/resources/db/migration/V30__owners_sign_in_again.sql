-- Who uses access tokens only never meets the identity provider again, so its administrator cannot take the roles away.
-- After the longest time without a sign-in or refresh, the owner's tokens are refused until the owner signs in again.

-- A query locks a view before the tables of the view. In another order, a query and this migration could wait for each
-- other.
LOCK TABLE usable_secret, access_token_with_roles IN ACCESS EXCLUSIVE MODE;

-- What the operator has set. token-service writes it at its start, so both services decide by the same policy.
CREATE TABLE sign_in_policy (
  only_row       boolean  PRIMARY KEY DEFAULT true CONSTRAINT sign_in_policy_one CHECK (only_row),
  reverify_after interval CONSTRAINT sign_in_policy_age CHECK (reverify_after > interval '0'), -- without it: never
  unlinked_users boolean  NOT NULL DEFAULT false -- also users without an identity at a provider, from their creation on
);
INSERT INTO sign_in_policy DEFAULT VALUES;

-- The time is in the row that every exchange reads anyway.
ALTER TABLE users
  ADD COLUMN sign_in_required_at timestamptz, -- whatever the policy, a sign-in before this time does not count
  ADD COLUMN sign_in_due_at      timestamptz; -- from then on, the tokens of the user are refused

-- The owner of tokens must sign in again from the due time on.
CREATE FUNCTION must_sign_in(sign_in_due_at timestamptz, at_time timestamptz) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN coalesce(sign_in_due_at <= at_time, false);

-- When the user must have signed in again; null without a limit. The latest confirmation by any provider counts.
CREATE FUNCTION sign_in_due(whose text) RETURNS timestamptz LANGUAGE sql STABLE SET search_path = osmo, pg_temp
RETURN (
  SELECT least(CASE WHEN u.sign_in_required_at >= coalesce(i.verified_at, '-infinity') THEN u.sign_in_required_at END,
               coalesce(i.verified_at, CASE WHEN p.unlinked_users THEN u.created_at END) + p.reverify_after)
    FROM users u
   CROSS JOIN sign_in_policy p
   CROSS JOIN LATERAL (SELECT max(f.verified_at) AS verified_at FROM user_identity f WHERE f.user_id = u.id) i
   WHERE u.id = whose);

-- Whatever the time follows from changes it in the same transaction. The argument is the column with the user's id.
CREATE FUNCTION keep_sign_in_due() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = osmo, pg_temp AS $$
DECLARE
  whose constant text := to_jsonb(NEW) ->> TG_ARGV[0];
  due   constant timestamptz := sign_in_due(whose);
BEGIN
  UPDATE users SET sign_in_due_at = due WHERE id = whose AND sign_in_due_at IS DISTINCT FROM due;
  RETURN NULL;
END
$$;
CREATE TRIGGER users_sign_in_due AFTER INSERT OR UPDATE OF sign_in_required_at ON users
  FOR EACH ROW EXECUTE FUNCTION keep_sign_in_due('id');
CREATE TRIGGER user_identity_sign_in_due AFTER INSERT OR UPDATE OF verified_at ON user_identity
  FOR EACH ROW EXECUTE FUNCTION keep_sign_in_due('user_id');

-- Applies what the operator has set, and returns whether it is new. The lock waits for every transaction that holds a user
-- and keeps others out, so no sign-in and no new user is judged by the former policy. Exchanges do not wait.
CREATE FUNCTION apply_sign_in_policy(age interval, unlinked boolean) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = osmo, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM sign_in_policy WHERE reverify_after IS NOT DISTINCT FROM age AND unlinked_users = unlinked) THEN
    RETURN false;
  END IF;
  LOCK TABLE users IN EXCLUSIVE MODE;
  UPDATE sign_in_policy SET reverify_after = age, unlinked_users = unlinked
   WHERE reverify_after IS DISTINCT FROM age OR unlinked_users <> unlinked;
  IF NOT FOUND THEN
    RETURN false;
  END IF;
  UPDATE users u SET sign_in_due_at = now_due.due
    FROM (SELECT id, sign_in_due(id) AS due FROM users OFFSET 0) now_due
   WHERE u.id = now_due.id AND u.sign_in_due_at IS DISTINCT FROM now_due.due;
  INSERT INTO audit_event (actor, action, details)
  VALUES (session_user, 'policy.changed',
          jsonb_strip_nulls(jsonb_build_object('reverify_after', age::text, 'unlinked_users', unlinked)));
  RETURN true;
END
$$;

-- As before, and the owner need not sign in again.
CREATE OR REPLACE VIEW usable_secret WITH (security_invoker = true) AS
SELECT s.id, s.token_id, t.user_id, t.name AS token_name, t.expires_at, t.created_at, u.sign_in_due_at
  FROM live_secret s
  JOIN access_token t ON t.id = s.token_id
  JOIN users u ON u.id = t.user_id
 WHERE token_state(true, t.expires_at, t.suspended_at, statement_timestamp()) = 'active'
   AND u.disabled_at IS NULL
   AND NOT must_sign_in(u.sign_in_due_at, statement_timestamp());

-- An active token with roles cannot be exchanged while its owner must sign in again.
CREATE FUNCTION state_of_owned(state text, has_roles boolean, owner_must_sign_in boolean) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN state <> 'active' THEN state
            WHEN NOT has_roles THEN 'no_roles'
            WHEN owner_must_sign_in THEN 'must_sign_in'
            ELSE state END;

CREATE OR REPLACE VIEW access_token_with_roles WITH (security_invoker = true) AS
SELECT t.id, t.user_id, t.name, t.description, t.expires_at, t.renewable_until, t.created_at, t.created_by, t.parent_id,
       state_of_owned(t.state, EXISTS (SELECT FROM effective_roles(t.id, t.user_id)),
                      (SELECT must_sign_in(u.sign_in_due_at, statement_timestamp()) FROM users u WHERE u.id = t.user_id))
         AS state
  FROM access_token_with_state t;
