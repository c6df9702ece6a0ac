CREATE TABLE waiting (id int);
-- The test holds this lock while it ends the connection.
SELECT pg_advisory_xact_lock(42);
