-- Whether the owner of the account has shown to read mail to this address, and the address that is to take its place when mails
-- to both, or to the new one if the old one was never verified, are confirmed. An account without a password is signed in to in another way, or gets its
-- first one by a link.
ALTER TABLE users
    ALTER COLUMN password_hash DROP NOT NULL,
    ADD COLUMN email_verified      boolean NOT NULL DEFAULT false,
    ADD COLUMN pending_email       text,
    ADD COLUMN new_email_confirmed boolean NOT NULL DEFAULT false,
    ADD COLUMN old_email_confirmed boolean NOT NULL DEFAULT false,
    ADD CONSTRAINT ck_users_pending_email CHECK (char_length(pending_email) BETWEEN 3 AND 254);
