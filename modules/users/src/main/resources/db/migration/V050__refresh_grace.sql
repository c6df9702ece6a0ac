-- Until when a spent token is still answered with its successor. Not derived from revoked_at, so that a change of the password can
-- end it in the session that stays.
ALTER TABLE sessions ADD COLUMN grace_until timestamptz;
