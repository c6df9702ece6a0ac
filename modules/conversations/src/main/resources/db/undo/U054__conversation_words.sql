ALTER INDEX ix_conversation_search_search RESET (gin_pending_list_limit);

CREATE OR REPLACE FUNCTION keep_conversation_search() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO conversation_search (id, user_id, created_at, search)
    VALUES (new.id, new.user_id, new.created_at,
            setweight(to_tsvector(search_configuration(), search_text(coalesce(new.title, ''))), 'A')
                || to_tsvector(search_configuration(), search_text(coalesce(new.description, ''))))
    ON CONFLICT (user_id, id) DO UPDATE SET search = excluded.search, created_at = excluded.created_at;
    RETURN NULL;
END $$;

UPDATE conversation_search s
   SET search = setweight(to_tsvector(search_configuration(), search_text(coalesce(c.title, ''))), 'A')
           || to_tsvector(search_configuration(), search_text(coalesce(c.description, '')))
  FROM conversations c
 WHERE c.user_id = s.user_id AND c.id = s.id;
