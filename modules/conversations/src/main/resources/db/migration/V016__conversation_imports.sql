-- A conversation that is being taken in from elsewhere is hidden as one that will be purged, at a time by when it must
-- have been published: one that nobody finishes goes the way of all that is purged.
CREATE OR REPLACE VIEW purged_conversations (id, user_id) AS
SELECT id, user_id FROM conversations WHERE purged_at <= now();

-- Published for the import of messages: what may be stored in these is not seen by anybody yet.
CREATE VIEW importing_conversations (id, user_id) AS
SELECT id, user_id FROM conversations WHERE purged_at > now();

-- What is taken in gets its own time only when it is published.
CREATE OR REPLACE FUNCTION keep_conversation_search() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO conversation_search (id, user_id, created_at, search)
    VALUES (new.id, new.user_id, new.created_at,
            setweight(to_tsvector(search_configuration(), search_text(coalesce(new.title, ''))), 'A')
                || to_tsvector(search_configuration(), search_text(coalesce(new.description, ''))))
    ON CONFLICT (id) DO UPDATE SET search = excluded.search, created_at = excluded.created_at;
    RETURN NULL;
END $$;
