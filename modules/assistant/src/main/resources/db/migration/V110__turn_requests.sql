-- What a program has asked of a turn, so that it can be told later; null if a person has asked.
ALTER TABLE turns ADD COLUMN request jsonb;
