DROP INDEX ix_api_keys_id;
ALTER TABLE api_keys
    DROP CONSTRAINT pk_api_keys,
    ADD CONSTRAINT pk_api_keys PRIMARY KEY (id);

ALTER TABLE ended_sessions
    DROP CONSTRAINT pk_ended_sessions,
    DROP COLUMN user_id,
    ADD CONSTRAINT pk_ended_sessions PRIMARY KEY (session_id);

DROP INDEX ix_sessions_family_id;
DROP INDEX ix_sessions_user_id_family_id;
CREATE UNIQUE INDEX ix_sessions_family_id ON sessions (family_id) WHERE revoked_at IS NULL;

DROP INDEX ix_sessions_token_hash;
ALTER TABLE sessions
    DROP CONSTRAINT pk_sessions,
    ADD CONSTRAINT pk_sessions PRIMARY KEY (id),
    ADD CONSTRAINT uq_sessions_token_hash UNIQUE (token_hash);
