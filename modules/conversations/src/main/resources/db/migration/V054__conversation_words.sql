CREATE OR REPLACE FUNCTION keep_conversation_search() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO conversation_search (id, user_id, created_at, search)
    VALUES (new.id, new.user_id, new.created_at,
            setweight(search_words(new.user_id, coalesce(new.title, '')), 'A')
                || search_words(new.user_id, coalesce(new.description, '')))
    ON CONFLICT (user_id, id) DO UPDATE SET search = excluded.search, created_at = excluded.created_at;
    RETURN NULL;
END $$;

UPDATE conversation_search s
   SET search = setweight(search_words(c.user_id, coalesce(c.title, '')), 'A')
           || search_words(c.user_id, coalesce(c.description, ''))
  FROM conversations c
 WHERE c.user_id = s.user_id AND c.id = s.id;

ALTER INDEX ix_conversation_search_search SET (gin_pending_list_limit = 256);
