-- Before an access token expires, token-service sends notices to webhooks. A notice is planned once, claimed by one replica at
-- a time, and kept until its token is deleted.

-- A query locks a view before the tables of the view, see V30.
LOCK TABLE usable_secret, access_token_with_roles IN ACCESS EXCLUSIVE MODE;

-- When the expiry was last moved to a later time. Nobody needs a notice of an expiry that was just set.
ALTER TABLE access_token ADD COLUMN extended_at timestamptz;

-- As before. Also records that the expiry was extended.
CREATE OR REPLACE FUNCTION move_expiry(token text, ends timestamptz) RETURNS boolean
LANGUAGE sql SECURITY DEFINER SET search_path = osmo, pg_temp AS $$
  WITH moved AS (
    UPDATE access_token
       SET expires_at = ends,
           renewable_until = CASE WHEN renewable_until < ends THEN ends ELSE renewable_until END,
           extended_at = CASE WHEN expires_at < ends THEN clock_timestamp() ELSE extended_at END
     WHERE id = token AND expires_at > clock_timestamp() AND ends <= clock_timestamp() + interval '366 days'
    RETURNING id
  )
  SELECT EXISTS (SELECT FROM moved)
$$;

CREATE TABLE expiry_notice (
  id              text        PRIMARY KEY CONSTRAINT expiry_notice_id_shape CHECK (id ~ '^[0-9a-f]{32}$'),
  token_id        text        NOT NULL REFERENCES access_token ON DELETE CASCADE,
  expires_at      timestamptz NOT NULL, -- the expiry that it is about
  days            integer     NOT NULL, -- the threshold that the token has reached
  webhook         text        NOT NULL,
  planned_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
  attempts        integer     NOT NULL DEFAULT 0,
  next_attempt_at timestamptz NOT NULL DEFAULT clock_timestamp(), -- while it is claimed: the end of the lease
  outcome         text        CONSTRAINT expiry_notice_outcome CHECK (outcome IN ('delivered', 'obsolete', 'abandoned'))
);
CREATE INDEX expiry_notice_due ON expiry_notice (webhook, next_attempt_at) WHERE outcome IS NULL;
CREATE INDEX expiry_notice_token ON expiry_notice (token_id);

-- For each threshold, up to which expiry the tokens were read. It never moves back, so each token passes a threshold once,
-- whatever the clock and the replicas do, and each pass reads only what has come nearer since the last one.
CREATE TABLE expiry_notice_pass (
  days       integer     PRIMARY KEY CONSTRAINT expiry_notice_pass_days CHECK (days BETWEEN 1 AND 365),
  expires_at timestamptz NOT NULL,
  token_id   text        NOT NULL DEFAULT '' -- the last one among those with the same expiry
);

-- The tokens whose owners are warned: active ones of users who are not disabled. Also while the owner must sign in again or
-- the token has no roles, so that it is refused now: either can change tomorrow without a new token, and each threshold is
-- passed only once.
CREATE VIEW noticed_token WITH (security_invoker = true) AS
SELECT t.id, t.user_id, t.name, t.expires_at
  FROM access_token_with_state t
  JOIN users u ON u.id = t.user_id
 WHERE t.state = 'active' AND u.disabled_at IS NULL;

-- The same for the same facts, also in a restored database, so that receivers recognize what they have.
CREATE FUNCTION expiry_notice_id(token text, expires_at timestamptz, days integer, webhook text) RETURNS text
LANGUAGE sql STABLE
RETURN left(encode(sha256(convert_to(concat_ws(' ', token, extract(epoch FROM expires_at), days, webhook), 'UTF8')), 'hex'), 32);

-- Abandons some notices of webhooks that are not configured any more, and returns how many. A replica that still has the
-- webhook, or has it already, claims a notice long before it has been due for a day.
CREATE FUNCTION abandon_expiry_notices(webhooks text[], batch integer) RETURNS integer
LANGUAGE sql SECURITY DEFINER SET search_path = osmo, pg_temp AS $$
  WITH RECURSIVE open (webhook) AS ( -- reads one entry of the index for each webhook
    SELECT min(n.webhook) FROM expiry_notice n WHERE n.outcome IS NULL
    UNION ALL
    SELECT (SELECT min(n.webhook) FROM expiry_notice n WHERE n.outcome IS NULL AND n.webhook > open.webhook)
      FROM open WHERE open.webhook IS NOT NULL
  ), removed AS (
    SELECT n.id
      FROM expiry_notice n
     WHERE n.webhook IN (SELECT open.webhook FROM open WHERE open.webhook <> ALL (webhooks))
       AND n.outcome IS NULL AND n.next_attempt_at <= clock_timestamp() - interval '1 day'
     LIMIT batch FOR UPDATE SKIP LOCKED
  ), abandoned AS (
    UPDATE expiry_notice n SET outcome = 'abandoned' FROM removed WHERE n.id = removed.id
    RETURNING n.token_id, n.webhook, n.days, n.attempts
  ), audited AS (
    INSERT INTO audit_event (actor, action, user_id, pat_id, details)
    SELECT session_user, 'notice.abandoned', t.user_id, t.id,
           jsonb_build_object('webhook', a.webhook, 'days', a.days, 'attempts', a.attempts)
      FROM abandoned a
      JOIN access_token t ON t.id = a.token_id
  )
  SELECT count(*)::integer FROM abandoned
$$;

-- Plans the notices of the next tokens that have reached a threshold, and returns how many tokens it has read. Below the next
-- smaller threshold a token gets that one's notice only, also if nobody planned for a while. A token gets no notice for a
-- threshold that its expiry was set to, or less than a day before. Notices of removed webhooks are abandoned, and their number
-- is added.
CREATE FUNCTION plan_expiry_notices(thresholds integer[], webhooks text[], batch integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = osmo, pg_temp
SET plan_cache_mode = force_generic_plan AS $$ -- a plan for so many ids would read every secret
DECLARE
  day       constant interval := interval '24 hours';
  size      constant integer := least(greatest(batch, 1), 1000);
  at_time   constant timestamptz := statement_timestamp();
  threshold integer;
  smaller   integer;
  pass      expiry_notice_pass;
  reach     timestamptz;
  ids       text[];
  last_one  timestamptz;
  total     integer := 0;
BEGIN
  FOR threshold, smaller IN
    SELECT t.days, lag(t.days, 1, 0) OVER (ORDER BY t.days) FROM (SELECT DISTINCT unnest(thresholds)) AS t (days) ORDER BY 1
  LOOP
    IF NOT EXISTS (SELECT FROM expiry_notice_pass WHERE days = threshold) THEN
      -- Whoever had the notice of a smaller threshold does not need that of a new one.
      INSERT INTO expiry_notice_pass (days, expires_at)
      SELECT threshold, coalesce(max(p.expires_at), at_time) FROM expiry_notice_pass p WHERE p.days < threshold
          ON CONFLICT DO NOTHING;
    END IF;
    SELECT days, expires_at, token_id INTO pass FROM expiry_notice_pass WHERE days = threshold FOR UPDATE SKIP LOCKED;
    CONTINUE WHEN NOT FOUND; -- another replica plans it
    IF pass.expires_at < at_time + day * smaller THEN
      pass := ROW (threshold, at_time + day * smaller, '');
    END IF;
    reach := at_time + day * threshold;
    SELECT coalesce(array_agg(next.id ORDER BY next.expires_at, next.id), '{}'), max(next.expires_at) INTO ids, last_one
      FROM (SELECT id, expires_at FROM access_token
             WHERE expires_at >= pass.expires_at AND expires_at <= reach
               AND (expires_at, id) > (pass.expires_at, pass.token_id)
             ORDER BY expires_at, id LIMIT size) AS next;
    INSERT INTO expiry_notice (id, token_id, expires_at, days, webhook)
    SELECT expiry_notice_id(t.id, t.expires_at, threshold, hook), t.id, t.expires_at, threshold, hook
      FROM access_token t
      JOIN noticed_token n ON n.id = t.id
     CROSS JOIN unnest(webhooks) AS hook
     WHERE t.id = ANY (ids) AND t.expires_at <= reach -- not those that were extended since they were read
       AND t.expires_at - coalesce(t.extended_at, t.created_at) >= day * (threshold + 1)
       FOR KEY SHARE OF t SKIP LOCKED -- not those that are being deleted
        ON CONFLICT DO NOTHING;
    IF cardinality(ids) = size THEN
      pass := ROW (threshold, last_one, ids[size]);
    ELSE
      pass := ROW (threshold, greatest(pass.expires_at, reach), '');
    END IF;
    UPDATE expiry_notice_pass SET expires_at = pass.expires_at, token_id = pass.token_id WHERE days = threshold;
    total := total + cardinality(ids);
  END LOOP;
  RETURN total + abandon_expiry_notices(webhooks, size);
END
$$;

-- Claims the notices of a webhook that are due, for the time of a lease. Whoever claims one sends it; if the lease ends without
-- a record, another replica claims it again. One whose token was deleted, ended, suspended or extended meanwhile, or whose
-- owner was disabled, is not sent any more. One that was not delivered for too long is given up.
CREATE FUNCTION claim_expiry_notices(to_webhook text, lease interval, retried_for interval, batch integer)
RETURNS TABLE (id text, attempt integer, outcome text, token_id text, token_name text, owner text, expires_at timestamptz,
               as_of timestamptz)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = osmo, pg_temp AS $$
#variable_conflict use_column
DECLARE
  at_time constant timestamptz := clock_timestamp();
  claimed text[];
BEGIN
  claimed := ARRAY(SELECT id FROM expiry_notice
                    WHERE webhook = to_webhook AND outcome IS NULL AND next_attempt_at <= at_time
                    ORDER BY next_attempt_at LIMIT least(greatest(batch, 1), 100) FOR UPDATE SKIP LOCKED);
  RETURN QUERY
  WITH judged AS (
    SELECT n.id, t.name, t.user_id,
           CASE WHEN t.id IS NULL THEN 'obsolete'
                WHEN n.attempts > 0 AND n.planned_at + retried_for <= at_time THEN 'abandoned' END AS outcome
      FROM expiry_notice n
      LEFT JOIN noticed_token t ON t.id = n.token_id AND t.expires_at = n.expires_at
     WHERE n.id = ANY (claimed)
  ), changed AS (
    UPDATE expiry_notice n
       SET outcome = judged.outcome, next_attempt_at = at_time + lease,
           attempts = n.attempts + CASE WHEN judged.outcome IS NULL THEN 1 ELSE 0 END
      FROM judged WHERE n.id = judged.id
    RETURNING n.id, n.attempts, n.outcome, n.token_id, judged.name, judged.user_id, n.expires_at, n.days
  ), audited AS (
    INSERT INTO audit_event (actor, action, user_id, pat_id, details)
    SELECT session_user, 'notice.abandoned', changed.user_id, changed.token_id,
           jsonb_build_object('webhook', to_webhook, 'days', changed.days, 'attempts', changed.attempts)
      FROM changed WHERE changed.outcome = 'abandoned'
  )
  SELECT changed.id, changed.attempts, changed.outcome, changed.token_id, changed.name, changed.user_id, changed.expires_at,
         at_time
    FROM changed;
END
$$;

-- Records what became of an attempt: delivered, or to be repeated after a pause. An attempt whose lease has ended may have been
-- delivered all the same, but does not decide when the next one is.
CREATE FUNCTION record_expiry_notice(notice text, attempt integer, delivered boolean, pause interval) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = osmo, pg_temp AS $$
#variable_conflict use_column
DECLARE
  sent record;
BEGIN
  UPDATE expiry_notice
     SET outcome = CASE WHEN record_expiry_notice.delivered THEN 'delivered' END, next_attempt_at = clock_timestamp() + pause
   WHERE id = notice AND outcome IS NULL AND (record_expiry_notice.delivered OR attempts = record_expiry_notice.attempt)
  RETURNING token_id, webhook, days, attempts INTO sent;
  IF NOT FOUND THEN
    RETURN false;
  END IF;
  INSERT INTO audit_event (actor, action, user_id, pat_id, details)
  SELECT session_user, 'notice.delivered', t.user_id, t.id,
         jsonb_build_object('webhook', sent.webhook, 'days', sent.days, 'attempts', sent.attempts)
    FROM access_token t WHERE t.id = sent.token_id AND record_expiry_notice.delivered;
  RETURN true;
END
$$;
