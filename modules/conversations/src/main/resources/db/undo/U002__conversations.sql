DROP VIEW live_conversations;
DROP TABLE conversations;
