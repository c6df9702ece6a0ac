-- Beside the table and not in it: every message rewrites its conversation's row, and would rewrite these words and their
-- index entries with it.
CREATE TABLE conversation_search (
    id         uuid        CONSTRAINT pk_conversation_search PRIMARY KEY
        CONSTRAINT fk_conversation_search_conversation REFERENCES conversations ON DELETE CASCADE,
    user_id    uuid        NOT NULL,
    created_at timestamptz NOT NULL,
    search     tsvector    NOT NULL
);

CREATE INDEX ix_conversation_search_user_id_created_at ON conversation_search (user_id, created_at, id);
CREATE INDEX ix_conversation_search_search ON conversation_search USING gin (search);

CREATE FUNCTION keep_conversation_search() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO conversation_search (id, user_id, created_at, search)
    VALUES (new.id, new.user_id, new.created_at,
            setweight(to_tsvector(search_configuration(), search_text(coalesce(new.title, ''))), 'A')
                || to_tsvector(search_configuration(), search_text(coalesce(new.description, ''))))
    ON CONFLICT (id) DO UPDATE SET search = excluded.search;
    RETURN NULL;
END $$;

CREATE TRIGGER keep_conversation_search AFTER INSERT OR UPDATE OF title, description ON conversations
    FOR EACH ROW EXECUTE FUNCTION keep_conversation_search();

INSERT INTO conversation_search (id, user_id, created_at, search)
SELECT id, user_id, created_at,
       setweight(to_tsvector(search_configuration(), search_text(coalesce(title, ''))), 'A')
           || to_tsvector(search_configuration(), search_text(coalesce(description, '')))
  FROM conversations;
