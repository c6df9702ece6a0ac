DROP TABLE changes;
DROP TABLE change_counters;

CREATE TABLE changes (
    user_id    uuid        NOT NULL CONSTRAINT fk_changes_user REFERENCES users ON DELETE CASCADE,
    xid        xid8        NOT NULL DEFAULT pg_current_xact_id(),
    number     bigint      GENERATED ALWAYS AS IDENTITY,
    resource   text        NOT NULL,
    id         uuid        NOT NULL,
    kind       text        NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT pk_changes PRIMARY KEY (user_id, xid, number),
    CONSTRAINT ck_changes_resource CHECK (resource IN ('conversation', 'message', 'task', 'turn')),
    CONSTRAINT ck_changes_type     CHECK (kind IN ('created', 'updated', 'deleted'))
);

CREATE INDEX ix_changes_created_at ON changes (created_at);

CREATE OR REPLACE FUNCTION note_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO changes (user_id, resource, id, kind) VALUES (new.user_id, tg_argv[0], new.id, tg_argv[1]);
    RETURN NULL;
END $$;
