-- Programs sign in with them. Only hashes are stored; 256 random bits need no unique index.
CREATE TABLE personal_tokens (
    user_id      uuid        NOT NULL CONSTRAINT fk_personal_tokens_user REFERENCES users ON DELETE CASCADE,
    id           uuid        NOT NULL,
    -- As many as there are slots: no two requests at the same time can make one too many.
    slot         integer     NOT NULL,
    name         text        NOT NULL,
    token_hash   bytea       NOT NULL,
    hint         text        NOT NULL,
    scopes       text[]      NOT NULL,
    created_at   timestamptz NOT NULL DEFAULT now(),
    last_used_at timestamptz,
    expires_at   timestamptz,
    CONSTRAINT pk_personal_tokens PRIMARY KEY (user_id, id),
    CONSTRAINT uq_personal_tokens_user_id_slot UNIQUE (user_id, slot),
    CONSTRAINT ck_personal_tokens_slot CHECK (slot BETWEEN 1 AND 50),
    CONSTRAINT ck_personal_tokens_name CHECK (char_length(name) BETWEEN 1 AND 255),
    CONSTRAINT ck_personal_tokens_token_hash CHECK (octet_length(token_hash) = 32),
    CONSTRAINT ck_personal_tokens_scopes CHECK (cardinality(scopes) > 0)
);
-- For the only lookup that cannot name the user.
CREATE INDEX ix_personal_tokens_token_hash ON personal_tokens (token_hash);
-- For the lookup that tells 403 from 404 after a miss.
CREATE INDEX ix_personal_tokens_id ON personal_tokens (id);
