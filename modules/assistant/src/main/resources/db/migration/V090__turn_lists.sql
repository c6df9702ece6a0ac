CREATE INDEX ix_turns_user_id_started_at ON turns (user_id, started_at, id);
