ALTER TABLE messages DROP COLUMN has_feedback;
DROP TABLE message_feedback;
