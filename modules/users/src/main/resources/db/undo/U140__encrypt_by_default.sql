ALTER TABLE users DROP COLUMN encrypt_by_default;
