ALTER TABLE invitations DROP COLUMN mailed_token_hash;
