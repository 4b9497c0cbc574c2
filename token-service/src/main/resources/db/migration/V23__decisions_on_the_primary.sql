-- A standby may be behind, and a primary that was replaced does not know what the new one has committed: there, a removed
-- role is still assigned and a deleted token still exists. A statement that decides calls this function in its WHERE
-- clause, so it fails on such a server, in the same round trip.
--
-- A promotion begins a new timeline. The caller passes the timeline of the server that confirms its commits, as the eight
-- hexadecimal digits that begin the names of its WAL files, or an empty text if it does not know one yet.
--
-- The planner evaluates a stable function without columns once for each execution and before the first row, so the
-- statement also fails if no row matches. The connection is closed, so that no pool keeps it: the signal takes effect
-- after the error was sent.
CREATE FUNCTION require_primary(timeline text) RETURNS boolean LANGUAGE plpgsql STABLE STRICT AS $$
BEGIN
  IF NOT pg_is_in_recovery() AND starts_with(pg_walfile_name(pg_current_wal_lsn()), timeline) THEN
    RETURN true;
  END IF;
  RAISE EXCEPTION '%', CASE WHEN pg_is_in_recovery()
                            THEN 'this server is a standby, and decisions need the primary'
                            ELSE 'this server is not the primary that confirms the commits of this service' END
    USING ERRCODE = 'read_only_sql_transaction',
          DETAIL = format('connection closed: %s', pg_terminate_backend(pg_backend_pid()));
END
$$;
