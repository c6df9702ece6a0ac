-- The token in the mail about an invitation. It is another one than that which the administrator has seen, because only hashes are stored.
ALTER TABLE invitations
    ADD COLUMN mailed_token_hash bytea,
    ADD CONSTRAINT uq_invitations_mailed_token_hash UNIQUE (mailed_token_hash),
    ADD CONSTRAINT ck_invitations_mailed_token_hash CHECK (octet_length(mailed_token_hash) = 32);
