-- No SET NULL: it is refused if the key contains the column that rows are distributed by, so the statement that removes a
-- conversation unlinks its tasks.
ALTER TABLE tasks
    DROP CONSTRAINT pk_tasks,
    ADD CONSTRAINT pk_tasks PRIMARY KEY (user_id, id),
    ADD CONSTRAINT fk_tasks_conversation FOREIGN KEY (user_id, conversation_id) REFERENCES conversations;

-- For the lookup that tells 403 from 404 after a miss, the only one that does not name the user.
CREATE INDEX ix_tasks_id ON tasks (id);

-- When a task was completed: when it first was, as long as it stays so. IMMUTABLE, so that an UPDATE may call it with
-- columns on every kind of server, and in PL/pgSQL, because Citus refuses now() in a CASE that it has inlined.
CREATE FUNCTION completion_time(status text, completed_at timestamptz, at timestamptz) RETURNS timestamptz
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
    RETURN CASE WHEN status = 'completed' THEN coalesce(completed_at, at) END;
END $$;
