#!/bin/sh
# Creates the database users and the database of osmo, and sets the passwords. Safe to run again with the same files:
# with others, the passwords change, and running services need them too.
# The connection is in PGHOST, PGPORT and PGUSER. Each password is a file below $SECRETS, named after its user.
# Waits for a server that does not respond yet: 150 attempts, or $ATTEMPTS.
set -eu

SECRETS=${SECRETS:-/run/secrets/osmo}
ATTEMPTS=${ATTEMPTS:-150}
HERE=$(dirname "$0")
PGPASSWORD=$(cat "$SECRETS/postgres.password")
PGCONNECT_TIMEOUT=${PGCONNECT_TIMEOUT:-10}
export PGPASSWORD PGCONNECT_TIMEOUT

stop() {
  echo "$error" >&2
  echo "Stopped: $1" >&2
  exit 1
}

# Returns when the server accepts a session. Stops at once if waiting cannot help.
wait_for_postgresql() {
  attempt=1
  while :; do
    # pg_isready: 0 the server accepts connections, 1 it is starting, 2 no response, 3 the settings are invalid.
    state=0
    pg_isready -q -d postgres || state=$?
    error=$(LC_ALL=C psql -X -q -w -d postgres -o /dev/null -c 'SELECT 1' 2>&1) && return
    case $state:$error in
      1:* | 2:*"Temporary failure in name resolution"*) ;;
      0:*) stop "PostgreSQL on $PGHOST:$PGPORT refuses the user $PGUSER." ;;
      3:* | *certificate* | *"SSL error"* | *"not support SSL"* | *"could not translate host name"*)
        stop "PostgreSQL on $PGHOST:$PGPORT cannot be used so. Check PGHOST, PGPORT, PGSSLMODE and PGSSLROOTCERT."
        ;;
    esac
    if [ "$attempt" -ge "$ATTEMPTS" ]; then
      stop "PostgreSQL on $PGHOST:$PGPORT does not respond. If it runs, check its listen_addresses and the firewall."
    fi
    echo "Waiting for PostgreSQL on $PGHOST:$PGPORT."
    # The first failures are usual when everything starts together.
    if [ "$attempt" -ge 3 ]; then
      echo "$error"
    fi
    attempt=$((attempt + 1))
    sleep 2
  done
}

sql() {
  psql -X -q -v ON_ERROR_STOP=1 "$@"
}

wait_for_postgresql
again=$(sql -A -t -R ', ' -d postgres <<'SQL'
SELECT rolname FROM pg_roles
 WHERE rolname IN ('osmo_owner', 'osmo_token_service', 'osmo_auth_exchange') ORDER BY rolname
SQL
)
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
if [ -n "$again" ]; then
  echo "The passwords of $again were set again, to those of the files in $SECRETS."
  echo "A service with another password keeps its connections, but cannot open one. Give it this file, and restart it."
fi
echo "The database users and the database osmo are ready."
