-- Accounts at other providers (OpenID Connect) that can sign in. The provider knows its account by subject; email is what it said when
-- the identity was linked.
CREATE TABLE user_identities (
    user_id      uuid        NOT NULL CONSTRAINT fk_user_identities_user REFERENCES users ON DELETE CASCADE,
    id           uuid        NOT NULL,
    provider     text        NOT NULL,
    issuer       text        NOT NULL,
    subject      text        NOT NULL,
    email        text,
    created_at   timestamptz NOT NULL DEFAULT now(),
    last_used_at timestamptz,
    CONSTRAINT pk_user_identities PRIMARY KEY (user_id, id),
    CONSTRAINT uq_user_identities_user_id_issuer_subject UNIQUE (user_id, issuer, subject)
);
-- For the lookup at a sign-in, which cannot name the user.
CREATE INDEX ix_user_identities_issuer_subject ON user_identities (issuer, subject);
-- For the lookup that tells 403 from 404 after a miss.
CREATE INDEX ix_user_identities_id ON user_identities (id);
