-- A hash that no password has: older versions know no account without one.
UPDATE users
   SET password_hash = '$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'
 WHERE password_hash IS NULL;
ALTER TABLE users
    DROP COLUMN email_verified,
    DROP COLUMN pending_email,
    DROP COLUMN new_email_confirmed,
    DROP COLUMN old_email_confirmed,
    ALTER COLUMN password_hash SET NOT NULL;
