ALTER TABLE users ADD COLUMN encrypt_by_default boolean NOT NULL DEFAULT false;
