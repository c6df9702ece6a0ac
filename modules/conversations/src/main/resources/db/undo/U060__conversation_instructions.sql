ALTER TABLE conversations DROP COLUMN instructions, DROP COLUMN provider, DROP COLUMN model;
