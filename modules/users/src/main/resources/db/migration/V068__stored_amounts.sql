-- What each user has stored, with what is reserved. Counted anew when there is no room and nothing was reserved for some seconds, so that
-- what is reserved has become rows by then.
CREATE TABLE stored_amounts (
    user_id         uuid NOT NULL CONSTRAINT pk_stored_amounts PRIMARY KEY
                    CONSTRAINT fk_stored_amounts_user REFERENCES users ON DELETE CASCADE,
    rows            bigint NOT NULL,
    bytes           bigint NOT NULL,
    counted_at      timestamptz NOT NULL,
    reserved_at     timestamptz NOT NULL
);
