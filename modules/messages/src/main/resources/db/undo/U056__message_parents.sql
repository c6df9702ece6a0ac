-- The parents stay: they say what was true before, that a message follows the previous one.
DROP VIEW message_tree;
DROP INDEX ix_messages_user_id_conversation_id_roots;
