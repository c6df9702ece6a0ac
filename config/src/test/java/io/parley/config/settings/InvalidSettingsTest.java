package io.parley.config.settings;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.config.settings.sources.SettingsException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values that cannot be used. */
class InvalidSettingsTest {
    private static final SettingsReader settings = new SettingsReader();

    @AfterAll
    static void stop() {
        settings.close();
    }

    @ParameterizedTest
    @CsvSource({
        "http.port, PARLEY_HTTP_PORT, 80a",
        "http.port, PARLEY_HTTP_PORT, 65536",
        "http.port, PARLEY_HTTP_PORT, ''",
        "http.request-timeout, PARLEY_HTTP_REQUEST_TIMEOUT, 12",
        "http.request-timeout, PARLEY_HTTP_REQUEST_TIMEOUT, 0s",
        "database.transaction-pooler, PARLEY_DATABASE_TRANSACTION_POOLER, maybe",
        "database.pool-size, PARLEY_DATABASE_POOL_SIZE, 0",
        "instances.users, PARLEY_INSTANCES_USERS, -1",
        "http.host, PARLEY_HTTP_HOST, ''",
        "http.cors-origins, PARLEY_HTTP_CORS_ORIGINS, *",
        "http.cors-origins, PARLEY_HTTP_CORS_ORIGINS, null",
        "http.cors-origins, PARLEY_HTTP_CORS_ORIGINS, app.example.org",
        "http.cors-origins, PARLEY_HTTP_CORS_ORIGINS, https://app.example.org/",
        "http.cors-origins, PARLEY_HTTP_CORS_ORIGINS, 'http://localhost:5173, https://App.example.org'",
        "jwt.issuer, PARLEY_JWT_ISSUER, ' '",
        "passwords.min-length, PARLEY_PASSWORDS_MIN_LENGTH, 7",
        "passwords.min-length, PARLEY_PASSWORDS_MIN_LENGTH, 65",
        "passkeys.rp-id, PARLEY_PASSKEYS_RP_ID, https://chat.example.org",
        "passkeys.origins, PARLEY_PASSKEYS_ORIGINS, https://chat.example.org/",
        "limits.registrations, PARLEY_LIMITS_REGISTRATIONS, 60",
        "limits.requests, PARLEY_LIMITS_REQUESTS, 0/s",
        "limits.requests-per-address, PARLEY_LIMITS_REQUESTS_PER_ADDRESS, 20",
        "limits.concurrent, PARLEY_LIMITS_CONCURRENT, 0",
        "limits.streams, PARLEY_LIMITS_STREAMS, many",
        "limits.turns, PARLEY_LIMITS_TURNS, 1000",
        "limits.tokens, PARLEY_LIMITS_TOKENS, 0/d",
        "limits.tokens-by-model, PARLEY_LIMITS_TOKENS_BY_MODEL, '[]'",
        "limits.tokens-by-model, PARLEY_LIMITS_TOKENS_BY_MODEL, '{\"gpt-5\": 1000}'",
        "limits.searches, PARLEY_LIMITS_SEARCHES, 0",
        "limits.search-words, PARLEY_LIMITS_SEARCH_WORDS, 501",
        "limits.search-time, PARLEY_LIMITS_SEARCH_TIME, 5s",
        "limits.registrations, PARLEY_LIMITS_REGISTRATIONS, '60/m,'",
        "limits.failures-per-account, PARLEY_LIMITS_FAILURES_PER_ACCOUNT, 0/m",
        "limits.in-flight-bytes, PARLEY_LIMITS_IN_FLIGHT_BYTES, 0",
        "limits.import-bytes, PARLEY_LIMITS_IMPORT_BYTES, ''",
        "limits.imports, PARLEY_LIMITS_IMPORTS, 0",
        "limits.page-bytes, PARLEY_LIMITS_PAGE_BYTES, 15KiB",
        "limits.history-bytes, PARLEY_LIMITS_HISTORY_BYTES, 8MB",
        "limits.model-file-bytes, PARLEY_LIMITS_MODEL_FILE_BYTES, 2GiB",
        "limits.failures-per-address, PARLEY_LIMITS_FAILURES_PER_ADDRESS, unlimited",
        "accounts.recent-sign-in, PARLEY_ACCOUNTS_RECENT_SIGN_IN, 10",
        "accounts.recent-sign-in, PARLEY_ACCOUNTS_RECENT_SIGN_IN, 31d",
        "accounts.registration, PARLEY_ACCOUNTS_REGISTRATION, everybody",
        "accounts.email-verification, PARLEY_ACCOUNTS_EMAIL_VERIFICATION, required",
        "mail.host, PARLEY_MAIL_HOST, smtp.example.org",
        "mail.port, PARLEY_MAIL_PORT, 0",
        "mail.tls, PARLEY_MAIL_TLS, ssl",
        "limits.mails, PARLEY_LIMITS_MAILS, 3",
        "sessions.refresh-grace, PARLEY_SESSIONS_REFRESH_GRACE, 61s",
        "sessions.refresh-grace, PARLEY_SESSIONS_REFRESH_GRACE, 10",
        "jwt.secret, PARLEY_JWT_SECRET, short",
        "search.configuration, PARLEY_SEARCH_CONFIGURATION, 'simple; DROP TABLE users'",
        "search.fold-accents, PARLEY_SEARCH_FOLD_ACCENTS, perhaps",
        "assistant.base-url, PARLEY_ASSISTANT_BASE_URL, ftp://example.org",
        "assistant.providers, PARLEY_ASSISTANT_PROVIDERS, nonsense",
        "assistant.providers, PARLEY_ASSISTANT_PROVIDERS, '[{\"name\":\"a\",\"base-url\":\"http://a\"}]'",
        "assistant.providers, PARLEY_ASSISTANT_PROVIDERS, '[{\"colour\":\"red\"}]'",
        "oidc.providers, PARLEY_OIDC_PROVIDERS, nonsense",
        "oidc.providers, PARLEY_OIDC_PROVIDERS, '[{\"colour\":\"red\"}]'",
        "oidc.providers, PARLEY_OIDC_PROVIDERS, '[{\"name\":\"a\",\"issuer\":\"http://a.example.org\",\"client-id\":\"b\"}]'",
        "oidc.providers, PARLEY_OIDC_PROVIDERS, '[{\"name\":\"A/b\",\"issuer\":\"https://a.example.org\",\"client-id\":\"b\"}]'",
        "oidc.providers, PARLEY_OIDC_PROVIDERS, '[{\"name\":\"a\",\"issuer\":\"https://a.example.org\"}]'",
        "oidc.providers, PARLEY_OIDC_PROVIDERS, '[{\"name\":\"a\",\"issuer\":\"https://a.example.org\",\"client-id\":1}]'",
        "oidc.providers, PARLEY_OIDC_PROVIDERS, '[{\"name\":\"a\",\"issuer\":\"https://a.example.org\",\"client-id\":\"b\",\"mfa\":\"no\"}]'",
        "oidc.providers, PARLEY_OIDC_PROVIDERS, '[{\"name\":\"a\",\"issuer\":\"https://a.example.org\",\"client-id\":\"b\",\"scopes\":\"email\"}]'",
        "oauth.clients, PARLEY_OAUTH_CLIENTS, nonsense",
        "oauth.clients, PARLEY_OAUTH_CLIENTS, '[{\"client-id\":\"a\"}]'",
        "oauth.clients, PARLEY_OAUTH_CLIENTS, '[{\"client-id\":\"a\",\"redirect-uris\":[\"javascript:x\"]}]'",
        "assistant.max-reply, PARLEY_ASSISTANT_MAX_REPLY, 0",
        "retention.trash-days, PARLEY_RETENTION_TRASH_DAYS, 30d",
        "retention.interval, PARLEY_RETENTION_INTERVAL, 0s",
        "audit.retention, PARLEY_AUDIT_RETENTION, 23h",
        "webhooks.allow-private, PARLEY_WEBHOOKS_ALLOW_PRIVATE, maybe",
        "backup.interval, PARLEY_BACKUP_INTERVAL, daily",
        "backup.keep, PARLEY_BACKUP_KEEP, 0",
        "database.shared-buffers, PARLEY_DATABASE_SHARED_BUFFERS, 512MiB",
        "database.shared-buffers, PARLEY_DATABASE_SHARED_BUFFERS, 9999999GB",
        "import.max-unpacked, PARLEY_IMPORT_MAX_UNPACKED, 2GB",
        "import.max-unpacked, PARLEY_IMPORT_MAX_UNPACKED, 9999999999GiB",
        "import.max-entries, PARLEY_IMPORT_MAX_ENTRIES, 0",
        "import.max-ratio, PARLEY_IMPORT_MAX_RATIO, 2.5",
        "management.port, PARLEY_MANAGEMENT_PORT, 70000",
        "log.format, PARLEY_LOG_FORMAT, xml",
        "log.level, PARLEY_LOG_LEVEL, loud",
        "log.levels, PARLEY_LOG_LEVELS, io.parley=loud",
        "log.access, PARLEY_LOG_ACCESS, maybe",
        "traces.endpoint, PARLEY_TRACES_ENDPOINT, 127.0.0.1:4318",
        "traces.sample, PARLEY_TRACES_SAMPLE, 1.5",
        "http.tls-key, PARLEY_HTTP_TLS_CERTIFICATE, server.crt",
        "database.row-security, PARLEY_DATABASE_ROW_SECURITY, maybe",
        "database.owner-url, PARLEY_DATABASE_OWNER_URL, mysql://ada:engine@db.example/parley",
        "database.replicas, PARLEY_DATABASE_REPLICAS, mysql://ada:engine@db.example/parley",
        "database.replica-pool-size, PARLEY_DATABASE_REPLICA_POOL_SIZE, 0",
        "database.replica-max-lag, PARLEY_DATABASE_REPLICA_MAX_LAG, 1ms",
        "database.url, PARLEY_DATABASE_URL, mysql://ada:engine@db.example/parley",
    })
    void namesTheSettingThatCannotBeUsedAndWhereItWasSet(String key, String variable, String value) {
        assertThatThrownBy(() -> settings.read(Map.of(variable, value)))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith(key + ": ")
                .hasMessageContaining(variable)
                .message()
                .doesNotContain("engine")
                .hasLineCount(1);
    }
}
