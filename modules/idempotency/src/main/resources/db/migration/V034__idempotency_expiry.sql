-- When the key is forgotten: compared with a time that an attempt brings, where a sum over created_at would have to be
-- computed for each row.
ALTER TABLE idempotency_keys ADD COLUMN expires_at timestamptz;
UPDATE idempotency_keys SET expires_at = created_at + interval '24 hours';
ALTER TABLE idempotency_keys ALTER COLUMN expires_at SET NOT NULL;

DROP INDEX ix_idempotency_keys_created_at;
CREATE INDEX ix_idempotency_keys_expires_at ON idempotency_keys (expires_at);
