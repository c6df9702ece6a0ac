-- Some for each conversation. Which of them is valid is decided when they are read, because what a summary covers may change
-- and change back: the digest is that of the covered messages.
CREATE TABLE conversation_summaries (
    user_id           uuid        NOT NULL,
    conversation_id   uuid        NOT NULL,
    up_to_message_id  uuid        NOT NULL,
    message_count     integer     NOT NULL,
    digest            bigint      NOT NULL,
    kind              text        NOT NULL,
    provider          text,
    model             text,
    text              text        NOT NULL,
    token_count       integer     NOT NULL,
    prompt_tokens     integer,
    completion_tokens integer,
    created_at        timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT pk_conversation_summaries PRIMARY KEY (user_id, conversation_id, up_to_message_id),
    CONSTRAINT fk_conversation_summaries_conversation FOREIGN KEY (user_id, conversation_id) REFERENCES conversations
        ON DELETE CASCADE,
    CONSTRAINT ck_conversation_summaries_kind CHECK (kind IN ('model', 'extractive')),
    CONSTRAINT ck_conversation_summaries_model CHECK ((kind = 'model') = (model IS NOT NULL))
);
