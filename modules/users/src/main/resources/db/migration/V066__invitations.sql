-- They belong to no user: whoever made one may be gone when it is used, and whoever uses it has no account yet.
CREATE TABLE invitations (
    id         uuid        CONSTRAINT pk_invitations PRIMARY KEY,
    token_hash bytea       NOT NULL CONSTRAINT uq_invitations_token_hash UNIQUE,
    email      text,
    role       text        NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    used_at    timestamptz,
    CONSTRAINT ck_invitations_token_hash CHECK (octet_length(token_hash) = 32),
    CONSTRAINT ck_invitations_role CHECK (role IN ('user', 'admin'))
);
CREATE INDEX ix_invitations_created_at_id ON invitations (created_at, id);
