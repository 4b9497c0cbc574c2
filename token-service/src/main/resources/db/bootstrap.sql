-- The login roles of osmo. Run once per PostgreSQL server, by a superuser, before the first migration; safe to run again.
--
-- The roles have no passwords and cannot log in until the deployer sets them:
--   ALTER ROLE osmo_owner         PASSWORD '…';   -- owns the database and runs the migrations
--   ALTER ROLE osmo_token_service PASSWORD '…';   -- token-service
--   ALTER ROLE osmo_auth_exchange PASSWORD '…';   -- auth-exchange-service
-- and creates the database:
--   CREATE DATABASE osmo OWNER osmo_owner;

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['osmo_owner', 'osmo_token_service', 'osmo_auth_exchange'] LOOP
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) THEN
      EXECUTE format('CREATE ROLE %I LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOINHERIT NOREPLICATION', name);
    END IF;
    EXECUTE format('ALTER ROLE %I SET search_path = osmo', name);
  END LOOP;
  -- The log of a failed statement must not contain a row with its lookups and hashes. Only a superuser may set this.
  FOREACH name IN ARRAY ARRAY['osmo_token_service', 'osmo_auth_exchange'] LOOP
    EXECUTE format('ALTER ROLE %I SET log_error_verbosity = %L', name, 'terse');
  END LOOP;
  -- An idle session must not hold a user's lock indefinitely. Migrations have no such limit.
  FOREACH name IN ARRAY ARRAY['osmo_token_service', 'osmo_auth_exchange'] LOOP
    EXECUTE format('ALTER ROLE %I SET statement_timeout = %L', name, '15s');
    EXECUTE format('ALTER ROLE %I SET lock_timeout = %L', name, '10s');
    EXECUTE format('ALTER ROLE %I SET idle_in_transaction_session_timeout = %L', name, '15s');
  END LOOP;
END
$$;
