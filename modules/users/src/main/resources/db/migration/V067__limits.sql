-- The limits that administrators have chosen for a user; null inherits from the role, and then from the settings.
CREATE TABLE user_limits (
    user_id         uuid NOT NULL CONSTRAINT pk_user_limits PRIMARY KEY
                    CONSTRAINT fk_user_limits_user REFERENCES users ON DELETE CASCADE,
    request_rates   text,
    turn_rates      text,
    token_rates     text,
    model_rates     jsonb,
    rows            bigint,
    bytes           bigint,
    streams         integer,
    concurrent      integer,
    import_bytes    bigint
);

-- The same for a role. It belongs to no user.
CREATE TABLE role_limits (
    role            text CONSTRAINT pk_role_limits PRIMARY KEY CONSTRAINT ck_role_limits_role CHECK (role IN ('user', 'admin')),
    request_rates   text,
    turn_rates      text,
    token_rates     text,
    model_rates     jsonb,
    rows            bigint,
    bytes           bigint,
    streams         integer,
    concurrent      integer,
    import_bytes    bigint
);
