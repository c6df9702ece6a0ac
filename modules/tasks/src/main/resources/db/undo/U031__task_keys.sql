DROP FUNCTION completion_time(text, timestamptz, timestamptz);
DROP INDEX ix_tasks_id;
ALTER TABLE tasks
    DROP CONSTRAINT fk_tasks_conversation,
    DROP CONSTRAINT pk_tasks,
    ADD CONSTRAINT pk_tasks PRIMARY KEY (id);
