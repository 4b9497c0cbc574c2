-- What a person has chosen for themselves. No row: nothing chosen yet.

CREATE TABLE profile (
  user_id            text    PRIMARY KEY REFERENCES users ON DELETE CASCADE,
  pool               text    CONSTRAINT profile_pool_length CHECK (char_length(pool) <= 64),
  email_notification boolean NOT NULL DEFAULT false,
  slack_notification boolean NOT NULL DEFAULT false
);
