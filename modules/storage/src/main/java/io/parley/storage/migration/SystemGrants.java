package io.parley.storage.migration;

/**
 * What the role for everything that crosses users may read and write, column by column: ids, times, states and sizes, and of accounts
 * what administrators see. Nothing that a user wrote, no key, and no token.
 */
final class SystemGrants {
    /** Rows of a table, a privilege and its columns. */
    static final String VALUES = """
        ('users', 'SELECT', 'id, email, email_verified, name, role, is_superuser, is_active, theme, time_zone, default_provider, default_model, created_at, updated_at'),
        ('users', 'UPDATE', 'role, is_active, updated_at'),
        ('sessions', 'SELECT', 'user_id, id, family_id, token_hash, created_at, expires_at, revoked_at, signed_in_at'),
        ('ended_sessions', 'SELECT', 'user_id, session_id, ended_at'),
        ('ended_sessions', 'INSERT', 'user_id, session_id'),
        ('account_tokens', 'SELECT', 'user_id, purpose, token_hash, email, expires_at'),
        ('personal_tokens', 'SELECT', 'user_id, id, token_hash'),
        ('oauth_grants', 'SELECT', 'user_id, id, expires_at'),
        ('oauth_tokens', 'SELECT', 'user_id, id, created_at, spent_at'),
        ('login_challenges', 'SELECT', 'user_id, id, expires_at'),
        ('second_factors', 'SELECT', 'user_id, secret_id, confirmed_at'),
        ('passkeys', 'SELECT', 'user_id, id'),
        ('user_identities', 'SELECT', 'user_id, id, issuer, subject, created_at'),
        ('api_keys', 'SELECT', 'user_id, id, created_at'),
        ('user_keys', 'SELECT', 'user_id'),
        ('conversations', 'SELECT', 'user_id, id, created_at, updated_at, deleted_at, purged_at, current_leaf, has_branches'),
        ('messages', 'SELECT', 'user_id, id, conversation_id, parent_id, created_at, deleted_at'),
        ('tasks', 'SELECT', 'user_id, id, conversation_id, status, created_at, deleted_at'),
        ('files', 'SELECT', 'user_id, id, state, began_at, created_at, deleted_at'),
        ('turns', 'SELECT', 'user_id, id, conversation_id, status, started_at, finished_at, lease_until'),
        ('turn_events', 'SELECT', 'user_id, turn_id, created_at'),
        ('changes', 'SELECT', 'user_id, number, created_at'),
        ('change_counters', 'SELECT', 'user_id, purged_number'),
        ('webhooks', 'SELECT', 'user_id, id, failing_since, next_due_at, busy_until'),
        ('webhook_attempts', 'SELECT', 'user_id, id, at'),
        ('idempotency_keys', 'SELECT', 'user_id, expires_at'),
        ('user_limits', 'SELECT', 'user_id, request_rates, turn_rates, token_rates, model_rates, rows, bytes, streams, concurrent, import_bytes'),
        ('security_events', 'SELECT', 'seq, at, type, actor_id, user_id, session_id, ip, user_agent, detail, prev, hash'),
        ('live_conversations', 'SELECT', 'id, user_id'),
        ('purged_conversations', 'SELECT', 'id, user_id'),
        ('message_conversations', 'SELECT', 'conversation_id, user_id'),
        ('task_conversations', 'SELECT', 'conversation_id, user_id')
        """;

    private SystemGrants() {}
}
