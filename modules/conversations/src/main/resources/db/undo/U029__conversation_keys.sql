ALTER TABLE conversation_search
    DROP CONSTRAINT fk_conversation_search_conversation,
    DROP CONSTRAINT pk_conversation_search;
ALTER TABLE conversations
    DROP CONSTRAINT pk_conversations,
    ADD CONSTRAINT pk_conversations PRIMARY KEY (id),
    ADD CONSTRAINT uq_conversations_user_id_id UNIQUE (user_id, id);
ALTER TABLE conversation_search
    ADD CONSTRAINT pk_conversation_search PRIMARY KEY (id),
    ADD CONSTRAINT fk_conversation_search_conversation FOREIGN KEY (id) REFERENCES conversations ON DELETE CASCADE;

DROP INDEX ix_conversations_id;

CREATE OR REPLACE FUNCTION keep_conversation_search() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO conversation_search (id, user_id, created_at, search)
    VALUES (new.id, new.user_id, new.created_at,
            setweight(to_tsvector(search_configuration(), search_text(coalesce(new.title, ''))), 'A')
                || to_tsvector(search_configuration(), search_text(coalesce(new.description, ''))))
    ON CONFLICT (id) DO UPDATE SET search = excluded.search, created_at = excluded.created_at;
    RETURN NULL;
END $$;
