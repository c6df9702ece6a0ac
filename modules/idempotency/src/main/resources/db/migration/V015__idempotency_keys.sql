-- The requests that came with an Idempotency-Key, and what they were answered. There is no status while a request is
-- worked on, nor where it is not known whether it was done: the next attempt then stores under the same resource_id.
CREATE TABLE idempotency_keys (
    user_id      uuid        NOT NULL CONSTRAINT fk_idempotency_keys_user REFERENCES users ON DELETE CASCADE,
    key          text        NOT NULL,
    fingerprint  bytea       NOT NULL,
    resource_id  uuid        NOT NULL,
    attempt      integer     NOT NULL DEFAULT 1,
    locked_until timestamptz NOT NULL,
    status       integer,
    location     text,
    etag         text,
    body         text,
    -- Of what was taken in as it came, and so is no part of the fingerprint.
    upload       bytea,
    created_at   timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT pk_idempotency_keys PRIMARY KEY (user_id, key),
    CONSTRAINT ck_idempotency_keys_key         CHECK (char_length(key) BETWEEN 1 AND 255),
    CONSTRAINT ck_idempotency_keys_fingerprint CHECK (octet_length(fingerprint) = 32),
    CONSTRAINT ck_idempotency_keys_upload      CHECK (octet_length(upload) = 32),
    CONSTRAINT ck_idempotency_keys_status      CHECK (status BETWEEN 200 AND 299)
);

CREATE INDEX ix_idempotency_keys_created_at ON idempotency_keys (created_at);
