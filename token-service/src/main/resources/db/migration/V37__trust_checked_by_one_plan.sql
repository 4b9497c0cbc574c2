-- As before, in two steps. As one expression, PostgreSQL planned it anew for each secret, because a plan that knows whether
-- the new credential is a trust is cheaper than one for both.
CREATE OR REPLACE FUNCTION trust_is_the_only_credential() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = osmo, pg_temp AS $$
DECLARE
  has_other boolean;
BEGIN
  IF NEW.trusted_issuer IS NULL THEN
    has_other := EXISTS (SELECT FROM access_token_secret WHERE token_id = NEW.token_id AND trusted_issuer IS NOT NULL);
  ELSIF NEW.creates_token THEN
    has_other := EXISTS (SELECT FROM access_token_secret WHERE token_id = NEW.token_id);
  ELSE
    RAISE EXCEPTION 'the trust of an access token is fixed at its creation'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF has_other THEN
    RAISE EXCEPTION 'an access token that trusts a workload has no other credential'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END
$$;
