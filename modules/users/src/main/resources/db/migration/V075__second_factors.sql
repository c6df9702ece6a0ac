-- A secret asks for codes once it is confirmed. used_steps holds the last steps of 30 seconds whose codes were used: a code is accepted
-- once. The recovery codes that are left share one salt, so that one hash tells which of them was sent.
CREATE TABLE second_factors (
    user_id          uuid        CONSTRAINT pk_second_factors PRIMARY KEY
                                 CONSTRAINT fk_second_factors_user REFERENCES users ON DELETE CASCADE,
    secret_id        uuid        NOT NULL,
    encrypted_secret bytea       NOT NULL,
    created_at       timestamptz NOT NULL DEFAULT now(),
    confirmed_at     timestamptz,
    used_steps       bigint[]    NOT NULL DEFAULT '{}',
    recovery_salt    bytea,
    recovery_hashes  bytea[]     NOT NULL DEFAULT '{}'
);

-- Logins whose password was right and whose second factor is still missing. password_digest is the SHA-256 hash of the password's
-- hash, so that a new password ends them.
CREATE TABLE login_challenges (
    user_id         uuid        NOT NULL CONSTRAINT fk_login_challenges_user REFERENCES users ON DELETE CASCADE,
    id              uuid        NOT NULL,
    token_hash      bytea       NOT NULL,
    password_digest bytea       NOT NULL,
    attempts_left   int         NOT NULL,
    expires_at      timestamptz NOT NULL,
    CONSTRAINT pk_login_challenges PRIMARY KEY (user_id, id),
    CONSTRAINT ck_login_challenges_token_hash CHECK (octet_length(token_hash) = 32)
);
CREATE INDEX ix_login_challenges_expires_at ON login_challenges (expires_at);
