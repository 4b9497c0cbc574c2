-- How long after its retirement a JWT of a key may be alive: the longest of what any replica that signs with it is set to.
-- A replica writes it before it signs, so that a setting that is lowered later does not end the key under living JWTs.

ALTER TABLE signing_key
  -- The default is for keys of a replica that does not know this column: no JWT lives longer than an hour.
  ADD COLUMN afterlife interval NOT NULL DEFAULT '2 hours'
             CONSTRAINT signing_key_afterlife_is_a_time CHECK (afterlife >= '0 seconds');

CREATE FUNCTION signing_key_afterlife_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.afterlife := greatest(NEW.afterlife, OLD.afterlife);
  RETURN NEW;
END
$$;
CREATE TRIGGER signing_key_afterlife_only_grows BEFORE UPDATE ON signing_key
  FOR EACH ROW EXECUTE FUNCTION signing_key_afterlife_only_grows();
