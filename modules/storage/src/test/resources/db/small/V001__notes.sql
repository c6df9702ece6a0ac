CREATE TABLE notes (id int CONSTRAINT pk_notes PRIMARY KEY, title text CONSTRAINT ck_notes_title CHECK (title <> ''), at timestamptz, extra jsonb, labels text[]);
