-- What a model is told in every turn of the conversation, and the model that answers if a turn names none. The names are those
-- of the settings at the time; a turn passes over a model that has disappeared.
ALTER TABLE conversations
    ADD COLUMN instructions text,
    ADD COLUMN provider     text,
    ADD COLUMN model        text,
    ADD CONSTRAINT ck_conversations_instructions CHECK (char_length(instructions) <= 20000),
    ADD CONSTRAINT ck_conversations_provider     CHECK (char_length(provider) <= 255),
    ADD CONSTRAINT ck_conversations_model        CHECK (char_length(model) <= 255);
