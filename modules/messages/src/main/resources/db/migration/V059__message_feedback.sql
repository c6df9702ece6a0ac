CREATE TABLE message_feedback (
    user_id    uuid        NOT NULL,
    message_id uuid        NOT NULL,
    rating     text        NOT NULL,
    comment    text,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT pk_message_feedback PRIMARY KEY (user_id, message_id),
    CONSTRAINT fk_message_feedback_message FOREIGN KEY (user_id, message_id) REFERENCES messages ON DELETE CASCADE,
    CONSTRAINT ck_message_feedback_rating CHECK (rating IN ('up', 'down'))
);

-- Most messages have none, and a look at this column is cheaper than one into the other table.
ALTER TABLE messages ADD COLUMN has_feedback boolean NOT NULL DEFAULT false;
