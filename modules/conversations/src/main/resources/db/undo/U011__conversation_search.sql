DROP TRIGGER keep_conversation_search ON conversations;
DROP FUNCTION keep_conversation_search;
DROP TABLE conversation_search;
