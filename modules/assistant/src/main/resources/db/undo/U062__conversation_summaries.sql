DROP TABLE conversation_summaries;
