-- A message is its conversation's owner's. The planner, who does not know it, would expect a single message where both are
-- given, and to find it would read the whole index of the user and sort what it finds.
CREATE STATISTICS st_messages_user_id_conversation_id (dependencies) ON user_id, conversation_id FROM messages;
ANALYZE messages (user_id, conversation_id);
