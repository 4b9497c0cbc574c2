-- The login roles of osmo. Run by a superuser before the first migration, in the database postgres and then in the new
-- database osmo; safe to run again.
--
-- The roles have no passwords and cannot log in until the deployer sets them:
--   ALTER ROLE osmo_owner         PASSWORD '…';   -- owns the database and runs the migrations
--   ALTER ROLE osmo_token_service PASSWORD '…';   -- token-service
--   ALTER ROLE osmo_auth_exchange PASSWORD '…';   -- auth-exchange-service
-- and creates the database:
--   CREATE DATABASE osmo OWNER osmo_owner;
--
-- One thing cannot be closed: PostgreSQL lets each role change its own password and its own settings by ALTER ROLE. Who
-- has a service's password can lock the service out until a superuser sets the password again. Client certificates
-- (method cert in pg_hba.conf) avoid that, because no password is then used.

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
  -- The pages are in memory or on flash. By default, PostgreSQL prefers to read a table of some hundred users completely.
  FOREACH name IN ARRAY ARRAY['osmo_token_service', 'osmo_auth_exchange'] LOOP
    EXECUTE format('ALTER ROLE %I SET random_page_cost = %L', name, '1.1');
  END LOOP;
END
$$;

-- PostgreSQL lets every user connect to its maintenance databases. osmo shares its server with no other application.
DO $$
DECLARE
  name text;
BEGIN
  FOR name IN SELECT datname FROM pg_database WHERE datname IN ('postgres', 'template1') LOOP
    EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', name);
  END LOOP;
END
$$;

-- PostgreSQL lets every user store large objects, without a limit. Its own functions are in each database, and only a
-- superuser may revoke them, so no migration can. In any other database this does nothing.
DO $$
DECLARE
  routine regprocedure;
BEGIN
  IF (SELECT datdba <> 'osmo_owner'::regrole FROM pg_database WHERE datname = current_database()) THEN
    RETURN;
  END IF;
  FOR routine IN
    SELECT oid FROM pg_proc
     WHERE pronamespace = 'pg_catalog'::regnamespace
       AND (starts_with(proname, 'lo_') OR proname IN ('loread', 'lowrite'))
  LOOP
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', routine);
  END LOOP;
END
$$;
