-- An administrator and a directory decide about a user independently of each other, and a new policy of sign-ins must not
-- stop the service.

-- A query locks a view before the tables of the view, see V30.
LOCK TABLE usable_secret, access_token_with_roles IN ACCESS EXCLUSIVE MODE;

-- Before, the directory's decision was forgotten if an administrator had disabled the user already, so the administrator
-- who enabled the user again brought somebody back who had left.
ALTER TABLE users ADD COLUMN disabled_in_directory boolean NOT NULL DEFAULT false; -- what the directory said last
UPDATE users SET disabled_in_directory = true WHERE disabled_by_scim;

-- An enabled user is disabled by nobody. The previous release disables for the directory without the new column.
CREATE OR REPLACE FUNCTION forget_who_disabled() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.disabled_by_scim := NEW.disabled_by_scim AND NEW.disabled_at IS NOT NULL;
  NEW.disabled_in_directory := (NEW.disabled_in_directory OR NEW.disabled_by_scim) AND NEW.disabled_at IS NOT NULL;
  RETURN NEW;
END
$$;
DROP TRIGGER users_enabled ON users;
CREATE TRIGGER users_who_disabled BEFORE UPDATE OF disabled_at, disabled_by_scim, disabled_in_directory ON users
  FOR EACH ROW EXECUTE FUNCTION forget_who_disabled();

-- The caller compares the time of an event with its arrival, for everything that the event does. As before otherwise.
CREATE OR REPLACE FUNCTION require_sign_in(whose text, after_time timestamptz) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = osmo, pg_temp AS $$
#variable_conflict use_column
BEGIN
  UPDATE users SET sign_in_required_at = after_time
   WHERE id = whose AND (sign_in_required_at IS NULL OR sign_in_required_at < after_time);
  RETURN (SELECT must_sign_in(sign_in_due_at, clock_timestamp()) FROM users WHERE id = whose);
END
$$;

-- How far a new policy is applied: users up to this id have its time. Null: all of them.
ALTER TABLE sign_in_policy ADD COLUMN applied_to text;

-- Sets what the operator has set, and returns whether it is new. The lock waits for every transaction that holds a user, so
-- no sign-in and no new user is judged by the former policy any more. It is held for one statement. The users who exist
-- already follow in batches.
CREATE FUNCTION set_sign_in_policy(age interval, unlinked boolean) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = osmo, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM sign_in_policy WHERE reverify_after IS NOT DISTINCT FROM age AND unlinked_users = unlinked) THEN
    RETURN false;
  END IF;
  PERFORM FROM sign_in_policy FOR UPDATE;
  LOCK TABLE users IN EXCLUSIVE MODE;
  UPDATE sign_in_policy SET reverify_after = age, unlinked_users = unlinked, applied_to = ''
   WHERE reverify_after IS DISTINCT FROM age OR unlinked_users <> unlinked;
  IF NOT FOUND THEN
    RETURN false;
  END IF;
  INSERT INTO audit_event (actor, action, details)
  VALUES (session_user, 'policy.changed',
          jsonb_strip_nulls(jsonb_build_object('reverify_after', age::text, 'unlinked_users', unlinked)));
  RETURN true;
END
$$;

-- Applies the policy to a few users, and returns whether there may be more. The replicas take turns. Users are locked by one
-- statement and judged by the next one, which sees the sign-ins that the first has waited for.
CREATE FUNCTION apply_sign_in_policy_to_some(most integer) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = osmo, pg_temp AS $$
DECLARE
  before text;
  batch  text[];
BEGIN
  SELECT applied_to INTO before FROM sign_in_policy WHERE applied_to IS NOT NULL FOR UPDATE;
  IF NOT FOUND THEN
    RETURN false;
  END IF;
  batch := ARRAY(SELECT id FROM users WHERE id > before ORDER BY id LIMIT least(greatest(most, 1), 10000));
  PERFORM FROM users WHERE id = ANY (batch) ORDER BY id COLLATE "C" FOR NO KEY UPDATE;
  UPDATE users u SET sign_in_due_at = now_due.due
    FROM (SELECT id, sign_in_due(id) AS due FROM users WHERE id = ANY (batch) OFFSET 0) now_due
   WHERE u.id = now_due.id AND u.sign_in_due_at IS DISTINCT FROM now_due.due;
  UPDATE sign_in_policy SET applied_to = batch[cardinality(batch)];
  RETURN cardinality(batch) > 0;
END
$$;

-- For the previous release, in one transaction.
CREATE OR REPLACE FUNCTION apply_sign_in_policy(age interval, unlinked boolean) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = osmo, pg_temp AS $$
DECLARE
  is_new constant boolean := set_sign_in_policy(age, unlinked);
BEGIN
  WHILE apply_sign_in_policy_to_some(10000) LOOP
  END LOOP;
  RETURN is_new;
END
$$;
