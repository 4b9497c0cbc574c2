-- A token can trust a workload instead of having a secret: who presents an OpenID Connect token with exactly this issuer,
-- audience and subject may exchange it. The trust is the only credential of its token and takes the place of a secret, so
-- it is recorded, revoked and traced like one.

ALTER TABLE access_token_secret
  ALTER COLUMN lookup DROP NOT NULL,
  ALTER COLUMN pepper_id DROP NOT NULL,
  ALTER COLUMN phc DROP NOT NULL,
  ADD COLUMN trusted_issuer   text CONSTRAINT access_token_secret_issuer CHECK (length(trusted_issuer) BETWEEN 1 AND 512),
  ADD COLUMN trusted_audience text CONSTRAINT access_token_secret_audience CHECK (length(trusted_audience) BETWEEN 1 AND 512),
  ADD COLUMN trusted_subject  text CONSTRAINT access_token_secret_subject CHECK (length(trusted_subject) BETWEEN 1 AND 512),
  ADD CONSTRAINT access_token_secret_kind CHECK (
    CASE WHEN trusted_issuer IS NULL
         THEN num_nulls(lookup, pepper_id, phc) = 0 AND num_nonnulls(trusted_audience, trusted_subject) = 0
         ELSE num_nonnulls(lookup, pepper_id, phc) = 0 AND num_nulls(trusted_audience, trusted_subject) = 0 END);
CREATE UNIQUE INDEX access_token_secret_trust ON access_token_secret (token_id) WHERE trusted_issuer IS NOT NULL;
ALTER TABLE deleted_secret ALTER COLUMN lookup DROP NOT NULL;

-- A trust is fixed in the transaction that creates its token, and the token has no other credential. Runs after
-- access_token_secret_in_order, which locks the token's row and sets creates_token.
CREATE FUNCTION trust_is_the_only_credential() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = osmo, pg_temp AS $$
BEGIN
  IF NEW.trusted_issuer IS NOT NULL AND NOT NEW.creates_token THEN
    RAISE EXCEPTION 'the trust of an access token is fixed at its creation'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF EXISTS (SELECT FROM access_token_secret WHERE token_id = NEW.token_id AND trusted_issuer IS NOT NULL)
     OR (NEW.trusted_issuer IS NOT NULL AND EXISTS (SELECT FROM access_token_secret WHERE token_id = NEW.token_id)) THEN
    RAISE EXCEPTION 'an access token that trusts a workload has no other credential'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER access_token_secret_trust_is_alone BEFORE INSERT ON access_token_secret
  FOR EACH ROW EXECUTE FUNCTION trust_is_the_only_credential();
