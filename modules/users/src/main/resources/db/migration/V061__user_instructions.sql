-- What a model is told in every turn of the user's, and the model that answers if neither turn nor conversation name one. The
-- names are those of the settings at the time; a turn passes over a model that has disappeared.
ALTER TABLE users
    ADD COLUMN instructions     text,
    ADD COLUMN default_provider text,
    ADD COLUMN default_model    text,
    ADD CONSTRAINT ck_users_instructions     CHECK (char_length(instructions) <= 20000),
    ADD CONSTRAINT ck_users_default_provider CHECK (char_length(default_provider) <= 255),
    ADD CONSTRAINT ck_users_default_model    CHECK (char_length(default_model) <= 255);
