-- The exchange's signing keys. The private part is AES-256-GCM ciphertext under a key that is not in this database.

CREATE TABLE signing_key (
  kid         text        PRIMARY KEY, -- RFC 7638 thumbprint of the public key
  algorithm   text        NOT NULL CONSTRAINT signing_key_algorithm CHECK (algorithm = 'ES256'),
  public_jwk  jsonb       NOT NULL,
  private_key bytea       NOT NULL,    -- 12-byte nonce, then ciphertext and tag of the PKCS #8 encoding; kid is the associated data
  state       text        NOT NULL CONSTRAINT signing_key_state CHECK (state IN ('pending', 'active', 'retiring', 'gone')),
  created_at  timestamptz NOT NULL DEFAULT now(),
  activated_at timestamptz,
  retired_at  timestamptz
);
CREATE UNIQUE INDEX signing_key_one_active ON signing_key (state) WHERE state = 'active';
