-- Both tables belong to no user: unknown accounts are counted like known ones, and addresses count for all accounts. The keys are MACs
-- under a key that is not in the database, so nobody can tell from a row whose it is.

-- A bucket that lacks tokens. Its rate is part of the key; how many tokens it lacks follows from the time at which it is full again.
CREATE TABLE rate_buckets (
    key bytea CONSTRAINT pk_rate_buckets PRIMARY KEY CONSTRAINT ck_rate_buckets_key CHECK (octet_length(key) = 32),
    full_at timestamptz NOT NULL
);
CREATE INDEX ix_rate_buckets_full_at ON rate_buckets (full_at);

-- An address together with an account that has signed in from there.
CREATE TABLE known_addresses (
    key bytea CONSTRAINT pk_known_addresses PRIMARY KEY CONSTRAINT ck_known_addresses_key CHECK (octet_length(key) = 32),
    known_until timestamptz NOT NULL
);
CREATE INDEX ix_known_addresses_known_until ON known_addresses (known_until);
