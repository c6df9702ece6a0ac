package io.parley.config.settings;

import io.parley.assistant.AssistantSettings;
import io.parley.audit.AuditSettings;
import io.parley.config.settings.operations.ArchiveSettings;
import io.parley.config.settings.operations.BackupSettings;
import io.parley.config.settings.operations.ClusterSettings;
import io.parley.config.settings.operations.LogSettings;
import io.parley.config.settings.operations.ManagementSettings;
import io.parley.config.settings.operations.ShutdownSettings;
import io.parley.config.settings.operations.TraceSettings;
import io.parley.config.settings.sources.SettingValues;
import io.parley.gateway.limits.RequestLimitSettings;
import io.parley.gateway.oauth.clients.OAuthClient;
import io.parley.retention.RetentionSettings;
import io.parley.storage.keys.KeysetSettings;
import io.parley.transfer.ImportLimits;
import io.parley.transfer.archive.ArchiveLimits;
import io.parley.users.AccountSettings;
import io.parley.users.limits.LimitSettings;
import io.parley.users.oidc.OidcSettings;
import io.parley.users.passkeys.PasskeySettings;
import io.parley.users.signin.PasswordSettings;
import io.parley.webhooks.WebhookSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Everything that an operator can set. {@code toString} shows no secret.
 *
 * @param recentSignIn how long after a sign-in a session may make sensitive changes
 * @param bytesInFlight the largest sum of bodies and answers in memory
 * @param oauthClients programs that may ask users to let them in
 * @param changed the names of those that differ from their default
 * @param refreshGrace how long the refresh token that was spent last is still answered; zero turns that off
 */
public record Settings(
        HttpSettings http,
        Optional<ManagementSettings> management,
        LogSettings log,
        TraceSettings traces,
        ShutdownSettings shutdown,
        ArchiveSettings archive,
        Path dataDir,
        DatabaseSettings database,
        BackupSettings backup,
        JwtSettings jwt,
        Duration recentSignIn,
        AccountSettings accounts,
        Duration refreshGrace,
        KeysetSettings keys,
        PasswordSettings passwords,
        PasskeySettings passkeys,
        OidcSettings oidc,
        LimitSettings limits,
        RequestLimitSettings requestLimits,
        RetentionSettings retention,
        AuditSettings audit,
        WebhookSettings webhooks,
        ClusterSettings cluster,
        AssistantSettings assistant,
        ImportLimits importLimits,
        long maxFileBytes,
        long bytesInFlight,
        InstanceSettings instances,
        List<OAuthClient> oauthClients,
        List<String> changed) {

    /** Fails with a {@link io.parley.config.settings.sources.SettingsException} at the first value that cannot be used. */
    public static Settings read(SettingValues values) {
        var http = HttpSettings.read(values);
        return new Settings(
                http,
                ManagementSettings.read(values),
                LogSettings.read(values),
                TraceSettings.read(values),
                ShutdownSettings.read(values),
                ArchiveSettings.read(values),
                values.path("data.dir"),
                DatabaseSettings.read(values),
                BackupSettings.read(values),
                JwtSettings.read(values),
                values.duration("accounts.recent-sign-in", Duration.ZERO, Duration.ofDays(30)),
                Accounts.read(values, http),
                values.duration("sessions.refresh-grace", Duration.ZERO, Duration.ofSeconds(60)),
                readKeys(values),
                readPasswords(values),
                PasskeyOrigins.read(values, http),
                OidcProviders.read(values),
                UsageLimits.read(values),
                RequestLimits.read(values),
                readRetention(values),
                readAudit(values),
                new WebhookSettings(values.flag("webhooks.allow-private")),
                ClusterSettings.read(values),
                readAssistant(values),
                readImportLimits(values),
                values.bytes("files.max-bytes", 1, 1L << 32),
                readBytesInFlight(values),
                InstanceSettings.read(values),
                OAuthClients.read(values),
                values.changed());
    }

    /** Where people reach the server, without a slash at its end. */
    public String publicUrl() {
        var url = http.origin().publicUrl();
        return url == null
                ? (http.tls().isPresent() ? "https" : "http") + "://localhost:" + http.port()
                : url.toString();
    }

    private static KeysetSettings readKeys(SettingValues values) {
        return new KeysetSettings(
                values.secret("keys.keyset").orElse(null),
                values.path("data.dir").resolve("keyset.json"));
    }

    private static PasswordSettings readPasswords(SettingValues values) {
        return new PasswordSettings(
                values.number("passwords.workers", 1, 64),
                values.number("passwords.queue", 1, 10_000),
                values.number("passwords.min-length", 8, 64));
    }

    private static AuditSettings readAudit(SettingValues values) {
        return new AuditSettings(values.duration("audit.retention", Duration.ofDays(1), Duration.ofDays(36_500)));
    }

    private static RetentionSettings readRetention(SettingValues values) {
        return new RetentionSettings(
                Duration.ofDays(values.number("retention.trash-days", 0, 36_500)),
                values.duration("retention.interval", Duration.ofSeconds(1), Duration.ofDays(1)));
    }

    private static ImportLimits readImportLimits(SettingValues values) {
        var archive = new ArchiveLimits(
                values.bytes("import.max-unpacked", 1, 1L << 40),
                values.number("import.max-entries", 1, 1_000_000),
                values.number("import.max-ratio", 1, 2_000));
        return new ImportLimits(
                archive, values.bytes("limits.import-bytes", 1, 1L << 40), values.number("limits.imports", 1, 1_000));
    }

    private static long readBytesInFlight(SettingValues values) {
        return values.text("limits.in-flight-bytes").equals("auto")
                ? Runtime.getRuntime().maxMemory() / 4
                : values.bytes("limits.in-flight-bytes", 4 * 1024 * 1024, 1L << 40);
    }

    private static AssistantSettings readAssistant(SettingValues values) {
        return new AssistantSettings(
                ModelProviders.read(values),
                values.duration("assistant.turn-timeout", Duration.ofSeconds(1), Duration.ofHours(1)),
                values.number("assistant.max-reply", 1024, 100_000_000),
                values.optional("assistant.instructions").orElse(null),
                values.flag("assistant.titles"),
                values.number("assistant.history-tokens", 100, 10_000_000),
                (int) values.bytes("limits.history-bytes", 64 * 1024, 1 << 30),
                (int) values.bytes("limits.model-file-bytes", 1, 1 << 30),
                values.flag("assistant.summaries"),
                values.number("assistant.summary-tokens", 50, 20_000),
                values.number("assistant.tool-result-chars", 500, 50_000));
    }
}
