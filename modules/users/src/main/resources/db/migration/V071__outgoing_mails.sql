-- Mails that wait to be sent, for an hour at most. They belong to no user: whoever asks for one need not have an account, and unknown
-- addresses are written down like known ones. No text and no token is stored: a mail is written when it is sent.
CREATE TABLE outgoing_mails (
    id           uuid        CONSTRAINT pk_outgoing_mails PRIMARY KEY,
    kind         text        NOT NULL,
    email        text        NOT NULL,
    -- The account or the invitation that the mail is about, if its kind has one.
    subject_id   uuid,
    -- Who asked for it.
    ip           text,
    user_agent   text,
    attempts     integer     NOT NULL DEFAULT 0,
    created_at   timestamptz NOT NULL DEFAULT now(),
    -- Nobody else sends it before then.
    due_at       timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX ix_outgoing_mails_due_at ON outgoing_mails (due_at);
