-- 256 random bits need no unique index. The plain one finds a token among the thousands that its user may have used, and whose
-- a token is that was issued before tokens named their user.
ALTER TABLE sessions
    DROP CONSTRAINT uq_sessions_token_hash,
    DROP CONSTRAINT pk_sessions,
    ADD CONSTRAINT pk_sessions PRIMARY KEY (user_id, id);
CREATE INDEX ix_sessions_token_hash ON sessions (token_hash);

DROP INDEX ix_sessions_family_id;
CREATE UNIQUE INDEX ix_sessions_user_id_family_id ON sessions (user_id, family_id) WHERE revoked_at IS NULL;
-- For the lookup that tells 403 from 404 after a miss.
CREATE INDEX ix_sessions_family_id ON sessions (family_id);

-- The sessions of a deleted account are gone: those who had it are nobody's.
ALTER TABLE ended_sessions
    DROP CONSTRAINT pk_ended_sessions,
    ADD COLUMN user_id uuid NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000';
UPDATE ended_sessions e SET user_id = s.user_id FROM sessions s WHERE s.family_id = e.session_id;
ALTER TABLE ended_sessions
    ALTER COLUMN user_id DROP DEFAULT,
    ADD CONSTRAINT pk_ended_sessions PRIMARY KEY (user_id, session_id);

ALTER TABLE api_keys
    DROP CONSTRAINT pk_api_keys,
    ADD CONSTRAINT pk_api_keys PRIMARY KEY (user_id, id);
CREATE INDEX ix_api_keys_id ON api_keys (id);
