-- Published for conversations, which say which turn is running.
CREATE VIEW running_turns (user_id, conversation_id, turn_id) AS
SELECT user_id, conversation_id, id FROM turns WHERE status = 'running';
