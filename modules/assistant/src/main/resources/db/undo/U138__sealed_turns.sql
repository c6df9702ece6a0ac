ALTER TABLE turns DROP COLUMN sealed;
-- Both are made again: events are kept for a day, summaries until a conversation changes.
DELETE FROM conversation_summaries WHERE sealed IS NOT NULL;
ALTER TABLE conversation_summaries
    DROP CONSTRAINT ck_conversation_summaries_sealed,
    DROP COLUMN sealed,
    ALTER COLUMN text SET NOT NULL;
DELETE FROM turn_events WHERE sealed IS NOT NULL;
ALTER TABLE turn_events
    DROP CONSTRAINT ck_turn_events_sealed,
    DROP COLUMN sealed,
    ALTER COLUMN data SET NOT NULL;
