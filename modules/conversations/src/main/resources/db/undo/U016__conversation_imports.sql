DROP VIEW importing_conversations;

CREATE OR REPLACE VIEW purged_conversations (id, user_id) AS
SELECT id, user_id FROM conversations WHERE purged_at IS NOT NULL;

CREATE OR REPLACE FUNCTION keep_conversation_search() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO conversation_search (id, user_id, created_at, search)
    VALUES (new.id, new.user_id, new.created_at,
            setweight(to_tsvector(search_configuration(), search_text(coalesce(new.title, ''))), 'A')
                || to_tsvector(search_configuration(), search_text(coalesce(new.description, ''))))
    ON CONFLICT (id) DO UPDATE SET search = excluded.search;
    RETURN NULL;
END $$;
