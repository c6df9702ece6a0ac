-- What a program has asked of a turn, if its user encrypts.
ALTER TABLE turns ADD COLUMN sealed bytea;

-- What happened in a turn of somebody who encrypts, and the summaries of their conversations.
ALTER TABLE turn_events
    ADD COLUMN sealed bytea,
    ALTER COLUMN data DROP NOT NULL,
    ADD CONSTRAINT ck_turn_events_sealed CHECK ((data IS NULL) = (sealed IS NOT NULL));

ALTER TABLE conversation_summaries
    ADD COLUMN sealed bytea,
    ALTER COLUMN text DROP NOT NULL,
    ADD CONSTRAINT ck_conversation_summaries_sealed CHECK ((text IS NULL) = (sealed IS NOT NULL));
