CREATE TABLE users (
    id            uuid        CONSTRAINT pk_users PRIMARY KEY,
    email         text        NOT NULL CONSTRAINT uq_users_email UNIQUE,
    password_hash text        NOT NULL,
    name          text,
    role          text        NOT NULL DEFAULT 'user',
    is_superuser  boolean     NOT NULL GENERATED ALWAYS AS (role = 'admin') STORED,
    is_active     boolean     NOT NULL DEFAULT true,
    theme         text        NOT NULL DEFAULT 'system',
    created_at    timestamptz NOT NULL DEFAULT now(),
    updated_at    timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT ck_users_email CHECK (char_length(email) BETWEEN 3 AND 254),
    CONSTRAINT ck_users_name  CHECK (char_length(name) BETWEEN 1 AND 255),
    CONSTRAINT ck_users_role  CHECK (role IN ('user', 'admin')),
    CONSTRAINT ck_users_theme CHECK (theme IN ('system', 'light', 'dark'))
);

-- One row a refresh token: a rotation spends the row (revoked_at) and adds the next of the same family. The family is
-- what its owner knows as the session.
CREATE TABLE sessions (
    id           uuid        CONSTRAINT pk_sessions PRIMARY KEY,
    user_id      uuid        NOT NULL CONSTRAINT fk_sessions_user REFERENCES users ON DELETE CASCADE,
    token_hash   bytea       NOT NULL CONSTRAINT uq_sessions_token_hash UNIQUE,
    family_id    uuid        NOT NULL,
    user_agent   text,
    ip           text,
    created_at   timestamptz NOT NULL DEFAULT now(),
    last_used_at timestamptz NOT NULL DEFAULT now(),
    expires_at   timestamptz NOT NULL,
    revoked_at   timestamptz,
    CONSTRAINT ck_sessions_token_hash CHECK (octet_length(token_hash) = 32)
);

CREATE INDEX ix_sessions_user_id_last_used_at ON sessions (user_id, last_used_at DESC);
CREATE UNIQUE INDEX ix_sessions_family_id ON sessions (family_id) WHERE revoked_at IS NULL;
CREATE INDEX ix_sessions_expires_at ON sessions (expires_at);

-- The sessions whose access tokens are refused until they expire. No foreign key: it outlives a deleted user.
CREATE TABLE ended_sessions (
    session_id uuid        CONSTRAINT pk_ended_sessions PRIMARY KEY,
    ended_at   timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX ix_ended_sessions_ended_at ON ended_sessions (ended_at);

CREATE TABLE api_keys (
    id            uuid        CONSTRAINT pk_api_keys PRIMARY KEY,
    user_id       uuid        NOT NULL CONSTRAINT fk_api_keys_user REFERENCES users ON DELETE CASCADE,
    provider      text        NOT NULL,
    alias         text        NOT NULL,
    encrypted_key bytea       NOT NULL,
    key_hint      text        NOT NULL,
    created_at    timestamptz NOT NULL DEFAULT now(),
    updated_at    timestamptz NOT NULL DEFAULT now(),
    last_used_at  timestamptz,
    CONSTRAINT uq_api_keys_user_id_provider_alias UNIQUE (user_id, provider, alias),
    CONSTRAINT ck_api_keys_provider CHECK (char_length(provider) BETWEEN 1 AND 255),
    CONSTRAINT ck_api_keys_alias    CHECK (char_length(alias) BETWEEN 1 AND 255)
);
