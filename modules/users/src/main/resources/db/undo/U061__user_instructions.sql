ALTER TABLE users DROP COLUMN instructions, DROP COLUMN default_provider, DROP COLUMN default_model;
