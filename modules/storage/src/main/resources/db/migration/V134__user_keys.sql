-- The keys that seal what a user writes, wrapped by the keyset of the server, which is not in the database. They go with the account:
-- what is sealed cannot be read after that, in backups neither.
CREATE TABLE user_keys (
    user_id    uuid        CONSTRAINT pk_user_keys PRIMARY KEY CONSTRAINT fk_user_keys_user REFERENCES users ON DELETE CASCADE,
    keyset     bytea       NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);
