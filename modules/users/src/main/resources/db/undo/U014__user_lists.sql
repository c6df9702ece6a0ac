DROP INDEX ix_users_is_active_created_at;
DROP INDEX ix_users_role_created_at;
DROP INDEX ix_users_created_at;
