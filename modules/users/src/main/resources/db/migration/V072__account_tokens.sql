-- Tokens in links, such as those to reset a password. A newer one takes the place of the one before for the same purpose.
CREATE TABLE account_tokens (
    user_id    uuid        NOT NULL CONSTRAINT fk_account_tokens_user REFERENCES users ON DELETE CASCADE,
    purpose    text        NOT NULL,
    token_hash bytea       NOT NULL CONSTRAINT ck_account_tokens_token_hash CHECK (octet_length(token_hash) = 32),
    -- The address that it is about: the one that it proves, or the one that is to take its place. It is void if that is another one by
    -- then. Null if it was not mailed.
    email      text,
    expires_at timestamptz NOT NULL,
    CONSTRAINT pk_account_tokens PRIMARY KEY (user_id, purpose)
);
CREATE INDEX ix_account_tokens_token_hash ON account_tokens (token_hash);
CREATE INDEX ix_account_tokens_expires_at ON account_tokens (expires_at);
