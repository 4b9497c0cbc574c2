#!/bin/sh
# Creates the database users and the database of osmo, and sets the passwords. Safe to run again.
# The connection is in PGHOST, PGPORT and PGUSER. Each password is a file below $SECRETS, named after its user.
set -eu

SECRETS=${SECRETS:-/run/secrets/osmo}
HERE=$(dirname "$0")
PGPASSWORD=$(cat "$SECRETS/postgres.password")
export PGPASSWORD

until pg_isready -q -d postgres; do
  echo "Waiting for PostgreSQL on $PGHOST:$PGPORT."
  sleep 2
done

sql() {
  psql -X -q -v ON_ERROR_STOP=1 "$@"
}

sql -d postgres -f "$HERE/bootstrap.sql"
for role in osmo_owner osmo_token_service osmo_auth_exchange; do
  # PostgreSQL must not keep the statements: they contain the password.
  sql -o /dev/null -d postgres -v role="$role" -v file="$SECRETS/$role.password" <<'SQL'
SET log_min_error_statement = panic;
SET log_statement = none;
SET log_min_duration_statement = -1;
SET pg_stat_statements.track_utility = off;
\set password `cat :'file'`
SELECT format('ALTER ROLE %I PASSWORD %L', :'role', :'password') \gexec
SQL
done
sql -d postgres <<'SQL'
SELECT 'CREATE DATABASE osmo OWNER osmo_owner' WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'osmo') \gexec
SQL
sql -d osmo -f "$HERE/bootstrap.sql"
echo "The database users and the database osmo are ready."
