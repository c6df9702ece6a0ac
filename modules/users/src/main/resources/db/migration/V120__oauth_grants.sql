-- Programs that users have let in through OAuth. One begins with a code; expires_at is the code's until it is redeemed. Every later
-- refresh puts it off, and ends_at is the end in spite of that.
CREATE TABLE oauth_grants (
    user_id        uuid        NOT NULL CONSTRAINT fk_oauth_grants_user REFERENCES users ON DELETE CASCADE,
    id             uuid        NOT NULL,
    client_id      text        NOT NULL,
    client_name    text        NOT NULL,
    redirect_uri   text        NOT NULL,
    scopes         text[]      NOT NULL,
    code_hash      bytea       NOT NULL,
    code_challenge text        NOT NULL,
    redeemed_at    timestamptz,
    created_at     timestamptz NOT NULL DEFAULT now(),
    last_used_at   timestamptz,
    expires_at     timestamptz NOT NULL,
    ends_at        timestamptz NOT NULL,
    CONSTRAINT pk_oauth_grants PRIMARY KEY (user_id, id),
    CONSTRAINT ck_oauth_grants_client_id CHECK (char_length(client_id) BETWEEN 1 AND 2048),
    CONSTRAINT ck_oauth_grants_client_name CHECK (char_length(client_name) BETWEEN 1 AND 255),
    CONSTRAINT ck_oauth_grants_redirect_uri CHECK (char_length(redirect_uri) BETWEEN 1 AND 2048),
    CONSTRAINT ck_oauth_grants_code_hash CHECK (octet_length(code_hash) = 32),
    CONSTRAINT ck_oauth_grants_scopes CHECK (cardinality(scopes) > 0)
);
CREATE INDEX ix_oauth_grants_expires_at ON oauth_grants (expires_at);
-- For the lookup that tells 403 from 404 after a miss.
CREATE INDEX ix_oauth_grants_id ON oauth_grants (id);

-- Each row is an access token and the refresh token that was issued with it. Spent refresh tokens stay, so that one that comes again is
-- noticed.
CREATE TABLE oauth_tokens (
    user_id      uuid        NOT NULL,
    id           uuid        NOT NULL,
    grant_id     uuid        NOT NULL,
    refresh_hash bytea       NOT NULL,
    access_hash  bytea       NOT NULL,
    created_at   timestamptz NOT NULL DEFAULT now(),
    spent_at     timestamptz,
    grace_until  timestamptz,
    CONSTRAINT pk_oauth_tokens PRIMARY KEY (user_id, id),
    CONSTRAINT fk_oauth_tokens_grant FOREIGN KEY (user_id, grant_id) REFERENCES oauth_grants ON DELETE CASCADE,
    CONSTRAINT uq_oauth_tokens_user_id_refresh_hash UNIQUE (user_id, refresh_hash),
    CONSTRAINT ck_oauth_tokens_refresh_hash CHECK (octet_length(refresh_hash) = 32),
    CONSTRAINT ck_oauth_tokens_access_hash CHECK (octet_length(access_hash) = 32)
);
CREATE INDEX ix_oauth_tokens_user_id_access_hash ON oauth_tokens (user_id, access_hash);
CREATE INDEX ix_oauth_tokens_user_id_grant_id ON oauth_tokens (user_id, grant_id);
CREATE INDEX ix_oauth_tokens_created_at ON oauth_tokens (created_at);
