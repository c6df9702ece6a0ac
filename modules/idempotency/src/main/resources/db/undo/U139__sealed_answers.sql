DELETE FROM idempotency_keys WHERE sealed IS NOT NULL;
ALTER TABLE idempotency_keys DROP CONSTRAINT ck_idempotency_keys_sealed, DROP COLUMN sealed;
