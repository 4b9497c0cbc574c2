-- All rights of both services, in one file. It runs again whenever it changes, in one transaction. Afterwards, nothing is
-- granted that is not listed here, and no service loses a right in between.
--
--   token-service creates and grants, and cannot read a secret or touch a signing key.
--   auth-exchange-service reads, signs and prunes, and cannot create or widen anything.

DO $$
BEGIN
  EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC, osmo_token_service, osmo_auth_exchange', current_database());
  EXECUTE format('GRANT CONNECT ON DATABASE %I TO osmo_token_service, osmo_auth_exchange', current_database());
END
$$;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
REVOKE ALL ON SCHEMA osmo FROM PUBLIC, osmo_token_service, osmo_auth_exchange;
GRANT USAGE ON SCHEMA osmo TO osmo_token_service, osmo_auth_exchange;
REVOKE ALL ON ALL TABLES IN SCHEMA osmo FROM PUBLIC, osmo_token_service, osmo_auth_exchange;
REVOKE ALL ON ALL SEQUENCES IN SCHEMA osmo FROM PUBLIC, osmo_token_service, osmo_auth_exchange;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA osmo FROM PUBLIC, osmo_token_service, osmo_auth_exchange;
-- PostgreSQL lets every user run a new function. A function of a later migration must be granted in this file.
ALTER DEFAULT PRIVILEGES REVOKE ALL ON FUNCTIONS FROM PUBLIC;

GRANT SELECT (version, success) ON flyway_schema_history TO osmo_token_service, osmo_auth_exchange;

-- both services ------------------------------------------------------------------------------------------------------

-- The rules about tokens. The functions and views run with the rights of the user who calls them, so they show only the
-- columns that are granted below.
GRANT EXECUTE ON FUNCTION secret_is_live(timestamptz, timestamptz, timestamptz) TO osmo_token_service, osmo_auth_exchange;
GRANT EXECUTE ON FUNCTION token_state(boolean, timestamptz, timestamptz, timestamptz)
   TO osmo_token_service, osmo_auth_exchange;
GRANT EXECUTE ON FUNCTION must_sign_in(timestamptz, timestamptz) TO osmo_token_service, osmo_auth_exchange;
GRANT EXECUTE ON FUNCTION state_with_roles(text, boolean) TO osmo_token_service; -- of the previous release
GRANT EXECUTE ON FUNCTION state_of_owned(text, boolean, boolean) TO osmo_token_service;
GRANT EXECUTE ON FUNCTION effective_roles(text, text) TO osmo_token_service, osmo_auth_exchange;
GRANT EXECUTE ON FUNCTION require_primary(text) TO osmo_token_service, osmo_auth_exchange;
GRANT SELECT ON live_secret, usable_secret, pepper_in_use TO osmo_token_service, osmo_auth_exchange;
GRANT SELECT (pepper_id, check_value) ON pepper_check TO osmo_token_service, osmo_auth_exchange;
GRANT EXECUTE ON FUNCTION session_is_live(timestamptz, timestamptz, timestamptz) TO osmo_token_service, osmo_auth_exchange;
GRANT SELECT ON usable_session TO osmo_token_service, osmo_auth_exchange;
GRANT EXECUTE ON FUNCTION end_session(uuid, text, text, text) TO osmo_token_service, osmo_auth_exchange;
GRANT EXECUTE ON FUNCTION end_session(uuid, text, text, text, text, text) TO osmo_token_service;
GRANT SELECT (system_identifier, epoch) ON database_identity TO osmo_token_service, osmo_auth_exchange;
GRANT SELECT ON database_origin TO osmo_token_service, osmo_auth_exchange;
-- Why a token is refused.
GRANT SELECT ON lost_role, removed_role TO osmo_token_service, osmo_auth_exchange;
GRANT EXECUTE ON FUNCTION last_changes(text, text, text[]) TO osmo_token_service, osmo_auth_exchange;

-- token-service ------------------------------------------------------------------------------------------------------

GRANT SELECT, INSERT (id, created_by), UPDATE (disabled_at, disabled_by_scim, disabled_in_directory), DELETE ON users TO osmo_token_service;
GRANT SELECT, INSERT, UPDATE (description, policies, sync_mode, external_roles), DELETE ON role TO osmo_token_service;
-- Never the id: a new assignment must not reuse the id of one that a snapshot still names.
GRANT SELECT, INSERT (user_id, role_name, assigned_by), DELETE ON role_assignment TO osmo_token_service;
-- Never created_at and created_xid: they decide when roles can still be added.
GRANT SELECT, DELETE,
      INSERT (id, user_id, name, description, expires_at, renewable_until, created_by, parent_id)
   ON access_token TO osmo_token_service;
-- A secret is written and never read back.
GRANT INSERT (id, token_id, lookup, pepper_id, phc, made_with, trusted_issuer, trusted_audience, trusted_subject),
      SELECT (id, token_id, pepper_id, created_at, first_used_at, valid_until, revoked_at, reason, reused_at,
              trusted_issuer, trusted_audience, trusted_subject)
   ON access_token_secret TO osmo_token_service;
-- A check value is written once and never changed.
GRANT INSERT (pepper_id, check_value) ON pepper_check TO osmo_token_service;
GRANT SELECT ON access_token_with_state, access_token_with_roles, live_token TO osmo_token_service;
GRANT SELECT, INSERT (token_id, assignment_id) ON access_token_role TO osmo_token_service;
GRANT SELECT ON role_removal TO osmo_token_service;
GRANT SELECT ON access_token_use TO osmo_token_service;
-- A link is never changed, and a session ends only through end_session.
GRANT SELECT, INSERT (issuer, subject, user_id, verified_at), UPDATE (verified_at) ON user_identity TO osmo_token_service;
GRANT SELECT, INSERT (id, user_id, provider, issuer, subject, client_id, display_name, expires_at),
      UPDATE (display_name, verified_at) ON login_session TO osmo_token_service;
GRANT SELECT (name, tokens) ON token_count TO osmo_token_service;
GRANT SELECT, INSERT (actor, via_pat_id, via_session_id, jti, action, user_id, pat_id, request_id, details)
   ON audit_event TO osmo_token_service;
GRANT SELECT, DELETE, INSERT (user_id, key_hash, request_hash, pat_id) ON idempotency_key TO osmo_token_service;
GRANT SELECT, INSERT (digest, pat_id, applied_at), UPDATE (digest, pat_id, applied_at)
   ON bootstrap_token TO osmo_token_service;
GRANT SELECT, INSERT, UPDATE (pool, email_notification, slack_notification) ON profile TO osmo_token_service;

-- The times that follow from the policy are written by the database alone.
GRANT EXECUTE ON FUNCTION apply_sign_in_policy(interval, boolean) TO osmo_token_service; -- of the previous release
GRANT EXECUTE ON FUNCTION set_sign_in_policy(interval, boolean) TO osmo_token_service;
GRANT EXECUTE ON FUNCTION apply_sign_in_policy_to_some(integer) TO osmo_token_service;
GRANT EXECUTE ON FUNCTION require_sign_in(text, timestamptz) TO osmo_token_service;
GRANT EXECUTE ON FUNCTION record_security_event(text, text) TO osmo_token_service;
GRANT EXECUTE ON FUNCTION end_secret(uuid, timestamptz) TO osmo_token_service;
GRANT EXECUTE ON FUNCTION end_unused_secret(uuid, timestamptz) TO osmo_token_service;
GRANT EXECUTE ON FUNCTION revoke_tokens(text[], text) TO osmo_token_service;
GRANT EXECUTE ON FUNCTION suspend_token(text, boolean) TO osmo_token_service;
GRANT EXECUTE ON FUNCTION move_expiry(text, timestamptz) TO osmo_token_service;
GRANT EXECUTE ON FUNCTION derived_tokens(text[]) TO osmo_token_service;
GRANT EXECUTE ON FUNCTION revoke_leaked(bytea[], text) TO osmo_token_service;
GRANT EXECUTE ON FUNCTION count_tokens(integer, interval) TO osmo_token_service;
GRANT EXECUTE ON FUNCTION record_denial(text, text, text, text, text, text) TO osmo_token_service;
GRANT EXECUTE ON FUNCTION plan_expiry_notices(integer[], text[], integer) TO osmo_token_service;
GRANT EXECUTE ON FUNCTION claim_expiry_notices(text, interval, interval, integer) TO osmo_token_service;
GRANT EXECUTE ON FUNCTION record_expiry_notice(text, integer, boolean, interval) TO osmo_token_service;
-- The service has no right to delete these rows otherwise. Each function keeps a minimum.
GRANT EXECUTE ON FUNCTION purge_secrets(interval, integer) TO osmo_token_service;
GRANT EXECUTE ON FUNCTION purge_tokens(interval, integer) TO osmo_token_service;
GRANT EXECUTE ON FUNCTION forget_deleted_secrets(integer) TO osmo_token_service;
GRANT EXECUTE ON FUNCTION purge_token_origins(integer) TO osmo_token_service;
GRANT EXECUTE ON FUNCTION purge_role_removals(interval, integer) TO osmo_token_service;
GRANT EXECUTE ON FUNCTION purge_audit_events(interval, integer) TO osmo_token_service;
GRANT EXECUTE ON FUNCTION purge_idempotency_keys(interval, integer) TO osmo_token_service;
GRANT EXECUTE ON FUNCTION purge_sessions(interval, integer) TO osmo_token_service;

-- auth-exchange-service ----------------------------------------------------------------------------------------------

GRANT SELECT (id, disabled_at, sign_in_due_at) ON users TO osmo_auth_exchange;
GRANT SELECT (id, user_id, role_name) ON role_assignment TO osmo_auth_exchange;
GRANT SELECT (id, user_id, name, expires_at, created_at, suspended_at) ON access_token TO osmo_auth_exchange;
GRANT SELECT (id, token_id, lookup, pepper_id, phc, created_at, first_used_at, valid_until, revoked_at, reason,
              trusted_issuer, trusted_audience, trusted_subject)
   ON access_token_secret TO osmo_auth_exchange;
GRANT SELECT (token_id, assignment_id) ON access_token_role TO osmo_auth_exchange;
GRANT SELECT (id, user_id, provider, issuer, subject, client_id, display_name, created_at, verified_at, expires_at, ended_at)
   ON login_session TO osmo_auth_exchange;
GRANT SELECT (id, assignment_id, role_name, removed_by, removed_at, pruned_at) ON role_removal TO osmo_auth_exchange;
GRANT SELECT, INSERT (kid, algorithm, public_jwk, private_key, state, activated_at, afterlife),
      UPDATE (state, afterlife) ON signing_key TO osmo_auth_exchange;

GRANT EXECUTE ON FUNCTION prune_removals(integer) TO osmo_auth_exchange;
GRANT EXECUTE ON FUNCTION record_use(uuid[], timestamptz[]) TO osmo_auth_exchange;
GRANT EXECUTE ON FUNCTION revoke_secret(bytea, text) TO osmo_auth_exchange;
GRANT EXECUTE ON FUNCTION record_reuse(uuid, boolean) TO osmo_auth_exchange;
