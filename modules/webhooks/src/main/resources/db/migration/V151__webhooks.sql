-- Addresses that users want to be called at when something of theirs changes.
CREATE TABLE webhooks (
    user_id          uuid        NOT NULL CONSTRAINT fk_webhooks_user REFERENCES users ON DELETE CASCADE,
    id               uuid        NOT NULL,
    -- Two requests at the same time cannot take the same one, so nobody gets more than twenty.
    slot             integer     NOT NULL CONSTRAINT ck_webhooks_slot CHECK (slot BETWEEN 1 AND 20),
    url              text        NOT NULL,
    events           text[]      NOT NULL,
    description      text,
    is_active        boolean     NOT NULL DEFAULT true,
    disabled_reason  text        CONSTRAINT ck_webhooks_disabled_reason CHECK (disabled_reason IN ('gone', 'failures')),
    -- Both encrypted with the keyset; requests are signed with the one before, too, until the time.
    encrypted_secret bytea       NOT NULL,
    previous_secret  bytea,
    previous_until   timestamptz,
    failing_since    timestamptz,
    -- When something waits to be delivered; null if nothing does.
    next_due_at      timestamptz,
    -- The last transaction that has added something, so that who found nothing more notices it.
    queued_by        xid8,
    -- Until then a node delivers what is due.
    busy_until       timestamptz,
    created_at       timestamptz NOT NULL DEFAULT now(),
    updated_at       timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT pk_webhooks PRIMARY KEY (user_id, id),
    CONSTRAINT uq_webhooks_slot UNIQUE (user_id, slot)
);
CREATE INDEX ix_webhooks_id ON webhooks (id);
CREATE INDEX ix_webhooks_next_due_at ON webhooks (next_due_at) WHERE next_due_at IS NOT NULL;

-- What waits to be delivered to one webhook. A row is deleted when it has been delivered, or given up.
CREATE TABLE webhook_deliveries (
    user_id     uuid        NOT NULL,
    id          uuid        NOT NULL,
    webhook_id  uuid        NOT NULL,
    resource    text        NOT NULL,
    resource_id uuid        NOT NULL,
    kind        text        NOT NULL,
    attempts    integer     NOT NULL DEFAULT 0,
    created_at  timestamptz NOT NULL DEFAULT now(),
    due_at      timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT pk_webhook_deliveries PRIMARY KEY (user_id, id),
    CONSTRAINT fk_webhook_deliveries_webhook FOREIGN KEY (user_id, webhook_id) REFERENCES webhooks ON DELETE CASCADE
);
CREATE INDEX ix_webhook_deliveries_due_at ON webhook_deliveries (user_id, webhook_id, due_at, id);

-- Each attempt to deliver something, kept for a week.
CREATE TABLE webhook_attempts (
    user_id    uuid        NOT NULL,
    id         uuid        NOT NULL,
    webhook_id uuid        NOT NULL,
    event_id   uuid        NOT NULL,
    type       text        NOT NULL,
    attempt    integer     NOT NULL,
    status     integer,
    error      text,
    at         timestamptz NOT NULL,
    CONSTRAINT pk_webhook_attempts PRIMARY KEY (user_id, id),
    CONSTRAINT fk_webhook_attempts_webhook FOREIGN KEY (user_id, webhook_id) REFERENCES webhooks ON DELETE CASCADE
);
CREATE INDEX ix_webhook_attempts_webhook_id ON webhook_attempts (user_id, webhook_id, at, id);
CREATE INDEX ix_webhook_attempts_at ON webhook_attempts (at);

-- Published for changes, in whose transaction it runs: stores the change for each webhook that wants it. Returns whether the user has
-- webhooks at all. The webhooks are locked first, so that none is deleted in between, and once in a transaction.
CREATE FUNCTION queue_webhooks(owner uuid, changed text, changed_id uuid, change text) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
    types text[] := ARRAY['*', changed || '.' || change];
    this  xid8 := pg_current_xact_id();
    start timestamptz := now();
    hook  uuid;
BEGIN
    UPDATE webhooks SET next_due_at = least(next_due_at, start), queued_by = this
     WHERE user_id = owner AND is_active AND events && types AND queued_by IS DISTINCT FROM this;
    FOR hook IN SELECT id FROM webhooks WHERE user_id = owner AND is_active AND events && types AND queued_by = this LOOP
        INSERT INTO webhook_deliveries (user_id, id, webhook_id, resource, resource_id, kind)
        VALUES (owner, gen_random_uuid(), hook, changed, changed_id, change);
    END LOOP;
    RETURN EXISTS (SELECT FROM webhooks WHERE user_id = owner);
END $$;

CREATE TRIGGER webhooks_follow_changes AFTER INSERT ON webhooks FOR EACH ROW EXECUTE FUNCTION follow_changes();
