DROP TABLE turn_events;
DROP TABLE turns;
