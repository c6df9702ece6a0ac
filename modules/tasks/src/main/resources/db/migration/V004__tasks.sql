CREATE TABLE tasks (
    id              uuid        CONSTRAINT pk_tasks PRIMARY KEY,
    user_id         uuid        NOT NULL CONSTRAINT fk_tasks_user REFERENCES users ON DELETE CASCADE,
    conversation_id uuid,
    title           text        NOT NULL,
    description     text,
    status          text        NOT NULL DEFAULT 'pending',
    priority        text        NOT NULL DEFAULT 'medium',
    due_date        timestamptz,
    completed_at    timestamptz,
    created_at      timestamptz NOT NULL DEFAULT now(),
    updated_at      timestamptz NOT NULL DEFAULT now(),
    deleted_at      timestamptz,
    CONSTRAINT fk_tasks_conversation FOREIGN KEY (user_id, conversation_id)
        REFERENCES conversations (user_id, id) ON DELETE SET NULL (conversation_id),
    CONSTRAINT ck_tasks_title        CHECK (char_length(title) BETWEEN 1 AND 255),
    CONSTRAINT ck_tasks_status       CHECK (status IN ('pending', 'in_progress', 'completed')),
    CONSTRAINT ck_tasks_priority     CHECK (priority IN ('low', 'medium', 'high')),
    CONSTRAINT ck_tasks_completed_at CHECK ((completed_at IS NOT NULL) = (status = 'completed'))
);

CREATE INDEX ix_tasks_user_id_created_at ON tasks (user_id, created_at, id) WHERE deleted_at IS NULL;
CREATE INDEX ix_tasks_user_id_status_created_at ON tasks (user_id, status, created_at, id) WHERE deleted_at IS NULL;
CREATE INDEX ix_tasks_user_id_priority_created_at ON tasks (user_id, priority, created_at, id) WHERE deleted_at IS NULL;
CREATE INDEX ix_tasks_user_id_due_date ON tasks (user_id, due_date) WHERE deleted_at IS NULL AND due_date IS NOT NULL;
CREATE INDEX ix_tasks_user_id_conversation_id ON tasks (user_id, conversation_id) WHERE conversation_id IS NOT NULL;
CREATE INDEX ix_tasks_user_id_deleted_at ON tasks (user_id, deleted_at, id) WHERE deleted_at IS NOT NULL;
