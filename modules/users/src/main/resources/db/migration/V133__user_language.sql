-- A BCP 47 tag; null for the language of the browser.
ALTER TABLE users
    ADD COLUMN language text,
    ADD CONSTRAINT ck_users_language CHECK (char_length(language) <= 35);
