DROP FUNCTION next_version(timestamptz, timestamptz);
