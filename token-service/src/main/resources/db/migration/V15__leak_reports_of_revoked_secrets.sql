-- A report ends what was made with the token also when somebody has revoked the secret before: whoever revokes first and
-- reports then means the same. A secret that a rotation ended says nothing any more: its token lives on in better hands.

CREATE OR REPLACE FUNCTION revoke_leaked(presented bytea[], request text) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = osmo, pg_temp AS $$
DECLARE
  leaked  text[];
  revoked text[];
  derived text[];
  owners  text[];
  locked  text[] := '{}';
  ended   integer;
BEGIN
  LOOP
    leaked := ARRAY(SELECT DISTINCT token_id FROM access_token_secret
                     WHERE lookup = ANY (presented) AND revoked_at IS NULL
                       AND (valid_until IS NULL OR valid_until > clock_timestamp()));
    revoked := ARRAY(SELECT DISTINCT token_id FROM access_token_secret
                      WHERE lookup = ANY (presented) AND revoked_at IS NOT NULL);
    -- Asked for apart: the tokens of one list may themselves be made with those of the other.
    derived := ARRAY(SELECT derived_tokens(leaked) UNION SELECT derived_tokens(revoked) EXCEPT SELECT unnest(leaked));
    owners := ARRAY(SELECT DISTINCT user_id FROM access_token WHERE id = ANY (leaked || derived));
    EXIT WHEN owners <@ locked;
    PERFORM FROM users WHERE id = ANY (owners) ORDER BY id COLLATE "C" FOR NO KEY UPDATE;
    locked := locked || owners;
  END LOOP;
  WITH ending AS (
    SELECT id, 'reported as leaked' AS why FROM revoke_tokens(leaked, 'reported as leaked') AS id
    UNION ALL
    SELECT id, 'made with a token that was reported as leaked'
      FROM revoke_tokens(derived, 'made with a token that was reported as leaked') AS id
  ), audited AS (
    INSERT INTO audit_event (actor, action, user_id, pat_id, request_id, details)
    SELECT session_user, 'token.revoked', t.user_id, t.id, request, jsonb_build_object('reason', ending.why)
      FROM ending JOIN access_token t ON t.id = ending.id
  )
  SELECT count(*) INTO ended FROM ending;
  RETURN ended;
END
$$;
