CREATE TABLE turns (
    id              uuid        CONSTRAINT pk_turns PRIMARY KEY,
    conversation_id uuid        NOT NULL,
    user_id         uuid        NOT NULL,
    status          text        NOT NULL DEFAULT 'running',
    provider        text,
    model           text        NOT NULL,
    error           text,
    usage           jsonb,
    started_at      timestamptz NOT NULL DEFAULT now(),
    finished_at     timestamptz,
    -- Whoever runs it moves this on; once it has passed nobody does.
    lease_until     timestamptz NOT NULL,
    stop_requested  boolean     NOT NULL DEFAULT false,
    CONSTRAINT fk_turns_conversation FOREIGN KEY (user_id, conversation_id)
        REFERENCES conversations (user_id, id) ON DELETE CASCADE,
    CONSTRAINT ck_turns_status      CHECK (status IN ('running', 'completed', 'failed', 'cancelled')),
    CONSTRAINT ck_turns_finished_at CHECK ((finished_at IS NULL) = (status = 'running')),
    CONSTRAINT ck_turns_error       CHECK ((error IS NOT NULL) = (status = 'failed'))
);

-- Two turns at once would answer each other.
CREATE UNIQUE INDEX ix_turns_conversation_id_running ON turns (conversation_id) WHERE status = 'running';
CREATE INDEX ix_turns_user_id_conversation_id ON turns (user_id, conversation_id);
CREATE INDEX ix_turns_lease_until ON turns (lease_until) WHERE status = 'running';

-- What happened in a turn, for whoever comes back to it.
CREATE TABLE turn_events (
    turn_id    uuid        NOT NULL CONSTRAINT fk_turn_events_turn REFERENCES turns ON DELETE CASCADE,
    number     integer     NOT NULL,
    type       text        NOT NULL,
    data       text        NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT pk_turn_events PRIMARY KEY (turn_id, number)
);

CREATE INDEX ix_turn_events_created_at ON turn_events (created_at);
