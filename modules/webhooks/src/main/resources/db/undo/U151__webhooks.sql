DROP FUNCTION queue_webhooks(uuid, text, uuid, text);
DROP TABLE webhook_attempts;
DROP TABLE webhook_deliveries;
DROP TABLE webhooks;
-- Its function is called for followed users only.
UPDATE change_counters SET is_followed = false WHERE is_followed;
