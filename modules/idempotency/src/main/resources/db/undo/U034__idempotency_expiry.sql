DROP INDEX ix_idempotency_keys_expires_at;
ALTER TABLE idempotency_keys DROP COLUMN expires_at;
CREATE INDEX ix_idempotency_keys_created_at ON idempotency_keys (created_at);
