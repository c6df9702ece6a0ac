DROP TABLE security_events CASCADE;
DROP FUNCTION record_security_event(text, uuid, uuid, uuid, text, text, text);
DROP FUNCTION prune_security_events(timestamptz, integer);
DROP FUNCTION refuse_security_event_change();
