-- What each user has stored, reservations of the last seconds included. Counted anew before somebody is refused.
CREATE TABLE stored_amounts (
    user_id         uuid NOT NULL CONSTRAINT pk_stored_amounts PRIMARY KEY
                    CONSTRAINT fk_stored_amounts_user REFERENCES users ON DELETE CASCADE,
    rows            bigint NOT NULL,
    bytes           bigint NOT NULL,
    counted_at      timestamptz NOT NULL
);
