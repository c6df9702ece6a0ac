-- The answer to somebody who encrypts.
ALTER TABLE idempotency_keys
    ADD COLUMN sealed bytea,
    ADD CONSTRAINT ck_idempotency_keys_sealed CHECK (sealed IS NULL OR body IS NULL);
