-- credential_data is WebAuthn's attestedCredentialData: model of the authenticator, id of the credential and public key (COSE).
CREATE TABLE passkeys (
    user_id         uuid        NOT NULL CONSTRAINT fk_passkeys_user REFERENCES users ON DELETE CASCADE,
    id              uuid        NOT NULL,
    credential_id   bytea       NOT NULL,
    credential_data bytea       NOT NULL,
    counter         bigint      NOT NULL,
    backup_eligible boolean     NOT NULL,
    backed_up       boolean     NOT NULL,
    transports      text[]      NOT NULL,
    name            text        NOT NULL,
    created_at      timestamptz NOT NULL DEFAULT now(),
    last_used_at    timestamptz,
    CONSTRAINT pk_passkeys PRIMARY KEY (user_id, id),
    CONSTRAINT uq_passkeys_user_id_credential_id UNIQUE (user_id, credential_id)
);
-- For the lookup that tells 403 from 404 after a miss.
CREATE INDEX ix_passkeys_id ON passkeys (id);
