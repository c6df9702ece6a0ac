-- For administrators, whose lists are in the order of registration.
CREATE INDEX ix_users_created_at ON users (created_at, id);
CREATE INDEX ix_users_role_created_at ON users (role, created_at, id);
CREATE INDEX ix_users_is_active_created_at ON users (is_active, created_at, id);
