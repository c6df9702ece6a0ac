-- A name of the IANA time zone database. No CHECK: the database need not know the same names as the server.
ALTER TABLE users ADD COLUMN time_zone text NOT NULL DEFAULT 'UTC';
