-- As before, but reads no more notices than it abandons. The join before read all that were not delivered yet, for each
-- batch: with millions of them, planning took longer than a statement may.
CREATE OR REPLACE FUNCTION abandon_expiry_notices(webhooks text[], batch integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = osmo, pg_temp
SET plan_cache_mode = force_generic_plan AS $$ -- a plan for so many ids could read every token
DECLARE
  removed text[];
  total   integer;
BEGIN
  removed := ARRAY(
    WITH RECURSIVE open (webhook) AS ( -- reads one entry of the index for each webhook
      SELECT min(n.webhook) FROM expiry_notice n WHERE n.outcome IS NULL
      UNION ALL
      SELECT (SELECT min(n.webhook) FROM expiry_notice n WHERE n.outcome IS NULL AND n.webhook > open.webhook)
        FROM open WHERE open.webhook IS NOT NULL
    )
    SELECT due.id
      FROM open
     CROSS JOIN LATERAL (
       SELECT n.id FROM expiry_notice n
        WHERE n.webhook = open.webhook AND n.outcome IS NULL
          AND n.next_attempt_at <= statement_timestamp() - interval '1 day'
        ORDER BY n.next_attempt_at LIMIT batch FOR UPDATE SKIP LOCKED
     ) due
     WHERE open.webhook <> ALL (webhooks)
     LIMIT batch);
  WITH abandoned AS (
    UPDATE expiry_notice SET outcome = 'abandoned' WHERE id = ANY (removed)
    RETURNING token_id, webhook, days, attempts
  ), audited AS (
    INSERT INTO audit_event (actor, action, user_id, pat_id, details)
    SELECT session_user, 'notice.abandoned', t.user_id, t.id,
           jsonb_build_object('webhook', a.webhook, 'days', a.days, 'attempts', a.attempts)
      FROM abandoned a
      JOIN access_token t ON t.id = a.token_id
  )
  SELECT count(*) INTO total FROM abandoned;
  RETURN total;
END
$$;
