DROP INDEX ix_turns_user_id_conversation_id_running;
CREATE UNIQUE INDEX ix_turns_conversation_id_running ON turns (conversation_id) WHERE status = 'running';
DROP INDEX ix_turns_id;

ALTER TABLE turn_events
    DROP CONSTRAINT fk_turn_events_turn,
    DROP CONSTRAINT pk_turn_events;
ALTER TABLE turns
    DROP CONSTRAINT fk_turns_conversation,
    DROP CONSTRAINT pk_turns,
    ADD CONSTRAINT pk_turns PRIMARY KEY (id);
ALTER TABLE turn_events
    DROP COLUMN user_id,
    ADD CONSTRAINT pk_turn_events PRIMARY KEY (turn_id, number),
    ADD CONSTRAINT fk_turn_events_turn FOREIGN KEY (turn_id) REFERENCES turns ON DELETE CASCADE;
