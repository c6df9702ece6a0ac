ALTER TABLE turn_events
    DROP CONSTRAINT fk_turn_events_turn,
    DROP CONSTRAINT pk_turn_events,
    ADD COLUMN user_id uuid;
UPDATE turn_events e SET user_id = t.user_id FROM turns t WHERE t.id = e.turn_id;

ALTER TABLE turns
    DROP CONSTRAINT pk_turns,
    ADD CONSTRAINT pk_turns PRIMARY KEY (user_id, id),
    ADD CONSTRAINT fk_turns_conversation FOREIGN KEY (user_id, conversation_id) REFERENCES conversations
        ON DELETE CASCADE;
ALTER TABLE turn_events
    ALTER COLUMN user_id SET NOT NULL,
    ADD CONSTRAINT pk_turn_events PRIMARY KEY (user_id, turn_id, number),
    ADD CONSTRAINT fk_turn_events_turn FOREIGN KEY (user_id, turn_id) REFERENCES turns ON DELETE CASCADE;

-- For the lookup that tells 403 from 404 after a miss, the only one that does not name the user.
CREATE INDEX ix_turns_id ON turns (id);

-- Two turns at once would answer each other.
DROP INDEX ix_turns_conversation_id_running;
CREATE UNIQUE INDEX ix_turns_user_id_conversation_id_running ON turns (user_id, conversation_id)
    WHERE status = 'running';
