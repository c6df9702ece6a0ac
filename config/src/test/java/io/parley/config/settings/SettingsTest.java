package io.parley.config.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.assistant.AssistantSettings.ProviderSettings;
import io.parley.config.settings.sources.SettingsCatalogue;
import io.parley.config.settings.sources.SettingsException;
import io.parley.config.settings.sources.SettingsSources;
import io.parley.contracts.limits.ChosenLimits;
import io.parley.contracts.users.EmailVerification;
import io.parley.gateway.limits.RequestLimitSettings;
import io.parley.kernel.Secret;
import io.parley.kernel.limits.Limit;
import io.parley.kernel.limits.Rates;
import io.parley.storage.SearchLimits;
import io.parley.transfer.ImportLimits;
import io.parley.transfer.archive.ArchiveLimits;
import io.parley.users.limits.LimitSettings;
import io.parley.users.mail.MailSettings;
import io.parley.users.signin.PasswordCost;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SettingsTest {
    private static final Map<String, String> NONE = Map.of();
    private static final String SECRET = "correct horse battery staple, twice over";

    private final SettingsCatalogue catalogue = SettingsCatalogue.bundled();
    private Vertx vertx;

    @TempDir
    private Path directory;

    @BeforeAll
    void start() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    void stop() {
        vertx.close().await();
    }

    @Test
    void hasADefaultForEverything() {
        var settings = read(Optional.empty(), NONE, NONE);

        assertThat(settings.http().host()).isEqualTo("127.0.0.1");
        assertThat(settings.http().port()).isEqualTo(8080);
        assertThat(settings.http().requestTimeout()).isEqualTo(Duration.ofSeconds(12));
        assertThat(settings.dataDir()).isEqualTo(Path.of("./data"));
        assertThat(settings.database().url()).isEmpty();
        assertThat(settings.jwt().secret()).isEmpty();
        assertThat(settings.passwords().minLength()).isEqualTo(8);
        assertThat(settings.passwords().cost()).isEqualTo(PasswordCost.OWASP);
        assertThat(settings.limits())
                .isEqualTo(new LimitSettings(
                        Rates.parse("60/m,300/d"),
                        Rates.parse("10/15m"),
                        Rates.parse("50/10m"),
                        Rates.parse("3/h"),
                        new Limit<>(Rates.parse("1000/d"), false),
                        new ChosenLimits(
                                "100/s", "1000/d", "", Map.of(), 1_000_000L, 2_147_483_648L, 32, 64, 268_435_456L)));
        assertThat(settings.requestLimits())
                .isEqualTo(new RequestLimitSettings(
                        new Limit<>(Rates.parse("100/s"), false),
                        new Limit<>(Rates.parse("20/s"), false),
                        new Limit<>(64, false),
                        32,
                        2));
        assertThat(settings.database().searchLimits()).isEqualTo(new SearchLimits(16, Duration.ofSeconds(2)));
        assertThat(settings.recentSignIn()).isEqualTo(Duration.ofMinutes(10));
        assertThat(settings.refreshGrace()).isEqualTo(Duration.ofSeconds(10));
        assertThat(settings.keys().keyset()).isNull();
        assertThat(settings.keys().file()).isEqualTo(Path.of("./data/keyset.json"));
        assertThat(settings.retention().trashAge()).isEqualTo(Duration.ofDays(30));
        assertThat(settings.importLimits())
                .isEqualTo(new ImportLimits(
                        new ArchiveLimits(2L * 1024 * 1024 * 1024, 10_000, 200), 256L * 1024 * 1024, 1));
        assertThat(settings.bytesInFlight()).isEqualTo(Runtime.getRuntime().maxMemory() / 4);
    }

    @Test
    void takesTokensByModel() {
        var environment = Map.of("PARLEY_LIMITS_TOKENS_BY_MODEL", "{\"gpt-5\": \"1000/d\"}");
        assertThat(read(Optional.empty(), environment, NONE).limits().ofUsers().tokensByModel())
                .isEqualTo(Map.of("gpt-5", "1000/d"));
    }

    @Test
    void appliesALimitToEveryoneIfItIsSet() {
        assertThat(read(Optional.empty(), Map.of("PARLEY_LIMITS_REQUESTS", "100/s"), NONE)
                        .requestLimits()
                        .requests())
                .isEqualTo(Limit.forEveryone(Rates.parse("100/s")));
    }

    @Test
    void takesAnEmptyLimitAsNone() {
        assertThat(read(Optional.empty(), Map.of("PARLEY_LIMITS_REGISTRATIONS", ""), NONE)
                        .limits()
                        .registrations())
                .isEqualTo(Rates.NONE);
    }

    @Test
    void letsTheFileWinOverDefaultsTheEnvironmentOverTheFileAndFlagsOverAll() throws IOException {
        var file = file("""
                http:
                  port: 1111
                  host: file.example
                  request-timeout: 3s
                """);

        var settings = read(
                Optional.of(file),
                Map.of("PARLEY_HTTP_PORT", "2222", "PARLEY_HTTP_HOST", "environment.example"),
                Map.of("http.port", "3333"));

        assertThat(settings.http().port()).isEqualTo(3333);
        assertThat(settings.http().host()).isEqualTo("environment.example");
        assertThat(settings.http().requestTimeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(settings.http().idleTimeout()).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void takesAFileWhoseSectionsAreCommentedOut() throws IOException {
        assertThat(read(Optional.of(file("http:\n# port: 1\ndata:\n  dir:\n")), NONE, NONE))
                .isEqualTo(read(Optional.empty(), NONE, NONE));
    }

    @Test
    void takesAnEmptyFile() throws IOException {
        assertThat(read(Optional.of(file("")), NONE, NONE)).isEqualTo(read(Optional.empty(), NONE, NONE));
    }

    @Test
    void readsOriginsBetweenCommas() {
        var origins = "http://localhost:5173, https://app.example.org,capacitor://localhost,http://[::1]:3000,";

        assertThat(read(Optional.empty(), Map.of("PARLEY_HTTP_CORS_ORIGINS", origins), NONE)
                        .http()
                        .corsOrigins())
                .containsExactlyInAnyOrder(
                        "http://localhost:5173",
                        "https://app.example.org",
                        "capacitor://localhost",
                        "http://[::1]:3000");
        assertThat(read(Optional.empty(), NONE, NONE).http().corsOrigins()).isEmpty();
    }

    @Test
    void keepsASecretThatLooksLikeANumberAsItIs() throws IOException {
        var digits = "00123456789012345678901234567890123456789";

        assertThat(read(Optional.empty(), Map.of("PARLEY_JWT_SECRET", digits), NONE)
                        .jwt()
                        .secret())
                .hasValueSatisfying(secret -> assertThat(secret.value()).isEqualTo(digits));
    }

    @Test
    void showsNoSecretWhenPrinted() {
        var settings = read(
                Optional.empty(),
                Map.of(
                        "PARLEY_JWT_SECRET", SECRET,
                        "PARLEY_KEYS_KEYSET", "{\"primaryKeyId\": 1815}",
                        "PARLEY_DATABASE_URL", "postgresql://ada:engine@db.example/parley"),
                NONE);

        assertThat(settings.toString()).contains("db.example").doesNotContain("horse", "engine", "1815");
    }

    @Test
    void refusesAKeyInTheFileThatThereIsNot() throws IOException {
        assertThatThrownBy(() -> read(Optional.of(file("http:\n  prot: 8081\n")), NONE, NONE))
                .isInstanceOf(SettingsException.class)
                .hasMessageContainingAll("http.prot", "unknown setting", "settings.yaml");
    }

    @Test
    void refusesAListInTheFile() throws IOException {
        assertThatThrownBy(() -> read(Optional.of(file("http:\n  host: [one, two]\n")), NONE, NONE))
                .isInstanceOf(SettingsException.class)
                .hasMessageContainingAll("http.host", "list");
    }

    @Test
    void refusesAVariableThatThereIsNot() {
        assertThatThrownBy(() -> read(Optional.empty(), Map.of("PARLEY_HTTP_PROT", "8081"), NONE))
                .isInstanceOf(SettingsException.class)
                .hasMessageContainingAll("PARLEY_HTTP_PROT", "unknown setting");
    }

    @Test
    void ignoresTheVariablesOfAServiceNamedParley() {
        var service = Map.ofEntries(
                Map.entry("PARLEY_SERVICE_HOST", "10.0.0.11"),
                Map.entry("PARLEY_SERVICE_PORT", "8080"),
                Map.entry("PARLEY_SERVICE_PORT_HTTP", "8080"),
                Map.entry("PARLEY_PORT", "tcp://10.0.0.11:8080"),
                Map.entry("PARLEY_PORT_8080_TCP", "tcp://10.0.0.11:8080"),
                Map.entry("PARLEY_PORT_8080_TCP_ADDR", "10.0.0.11"),
                Map.entry("PARLEY_PORT_8080_TCP_PORT", "8080"),
                Map.entry("PARLEY_PORT_8080_TCP_PROTO", "tcp"),
                Map.entry("PARLEY_HTTP_SERVICE_HOST", "10.0.0.12"),
                Map.entry("PARLEY_HTTP_PORT", "tcp://10.0.0.12:8080"));

        assertThat(read(Optional.empty(), service, NONE).http().port()).isEqualTo(8080);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PARLEY_PORT", "PARLEY_SERVICE", "PARLEY_SERVICE_HOSTS", "PARLEY_PORT_8080_HTTP"})
    void refusesVariablesThatKubernetesDoesNotMake(String name) {
        assertThatThrownBy(() -> read(Optional.empty(), Map.of(name, "8081"), NONE))
                .isInstanceOf(SettingsException.class)
                .hasMessageContainingAll(name, "unknown setting");
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
        assertThatThrownBy(() -> read(Optional.empty(), Map.of(variable, value), NONE))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith(key + ": ")
                .hasMessageContaining(variable)
                .message()
                .doesNotContain("engine")
                .hasLineCount(1);
    }

    @Test
    void schedulesBackupsOfTheEmbeddedDatabaseOnly() {
        var interval = Map.of("PARLEY_BACKUP_INTERVAL", "24h", "PARLEY_BACKUP_PASSPHRASE", "sand");

        var backup = read(Optional.empty(), interval, NONE).backup();
        assertThat(backup.interval()).contains(Duration.ofDays(1));
        assertThat(backup.directory()).hasToString("./data/backups");
        assertThat(backup.toString()).doesNotContain("sand");
        var external = new HashMap<>(interval);
        external.put("PARLEY_DATABASE_URL", "postgresql://ada:engine@db.example/parley");
        assertThatThrownBy(() -> read(Optional.empty(), external, NONE))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith("backup.interval: ")
                .hasMessageContaining("database.url");
    }

    @Test
    void readsTheMailServer() throws IOException {
        var file = file("""
            http:
              public-url: https://chat.example.org/parley/
            mail:
              host: smtp.example.org
              password: to the engine
            accounts:
              email-verification: off
            """);

        var accounts = read(Optional.of(file), NONE, NONE).accounts();

        assertThat(accounts.mail())
                .isEqualTo(new MailSettings(
                        "smtp.example.org",
                        587,
                        null,
                        new Secret("to the engine"),
                        "parley@chat.example.org",
                        MailSettings.Tls.STARTTLS,
                        "https://chat.example.org/parley"));
        assertThat(accounts.emailVerification()).isEqualTo(EmailVerification.OFF);
        assertThat(accounts.toString()).doesNotContain("engine");
        assertThat(read(Optional.empty(), NONE, NONE).accounts().mail()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http: [", "- http", "8080", "http:\n  port: 1\n http: 2"})
    void namesTheFileThatIsNoYaml(String text) throws IOException {
        var file = file(text);

        assertThatThrownBy(() -> read(Optional.of(file), NONE, NONE))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("settings.yaml")
                .message()
                .hasLineCount(1);
    }

    @Test
    void readsProvidersFromTheEnvironmentAndFromAList() throws IOException {
        var file = file("""
            assistant:
              providers:
                - name: openai
                  base-url: https://api.openai.com/v1
                  models: [gpt-5-mini]
                  users-keys-only: true
                  lenient: true
            """);

        var providers = read(
                        Optional.of(file),
                        Map.of(
                                "PARLEY_ASSISTANT_BASE_URL", "http://127.0.0.1:11434/v1",
                                "PARLEY_ASSISTANT_MODEL", "qwen3, llama4",
                                "PARLEY_ASSISTANT_API_KEY", SECRET),
                        NONE)
                .assistant()
                .providers();

        assertThat(providers).hasSize(2);
        assertThat(providers.get(0).name()).isEqualTo("default");
        assertThat(providers.get(0).models()).containsExactly("qwen3", "llama4");
        assertThat(providers.get(0).usersKeysOnly()).isFalse();
        assertThat(providers.get(0).isLenient()).isFalse();
        assertThat(providers.get(1).name()).isEqualTo("openai");
        assertThat(providers.get(1).usersKeysOnly()).isTrue();
        assertThat(providers.get(1).isLenient()).isTrue();
        assertThat(providers.toString()).doesNotContain(SECRET);
        assertThat(read(Optional.empty(), NONE, NONE).assistant().providers()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sk-mounted\n", " sk-mounted\r\n", "\uFEFFsk-mounted\u00A0"})
    void trimsTheKeysOfProviders(String mounted) {
        var providers = read(
                        Optional.empty(),
                        Map.of(
                                "PARLEY_ASSISTANT_BASE_URL",
                                "http://127.0.0.1:11434/v1",
                                "PARLEY_ASSISTANT_MODEL",
                                "qwen3",
                                "PARLEY_ASSISTANT_API_KEY",
                                mounted,
                                "PARLEY_ASSISTANT_PROVIDERS",
                                new JsonArray()
                                        .add(new JsonObject()
                                                .put("name", "openai")
                                                .put("base-url", "https://api.openai.com/v1")
                                                .put("models", new JsonArray().add("gpt-5-mini"))
                                                .put("key", mounted))
                                        .encode()),
                        NONE)
                .assistant()
                .providers();

        assertThat(providers).extracting(ProviderSettings::key).containsOnly(new Secret("sk-mounted"));
    }

    @Test
    void refusesAKeyWithALineBreakWithinAndDoesNotShowIt() {
        var variables = Map.of(
                "PARLEY_ASSISTANT_BASE_URL", "http://127.0.0.1:11434/v1",
                "PARLEY_ASSISTANT_MODEL", "qwen3",
                "PARLEY_ASSISTANT_API_KEY", "sk-mount\ned");
        assertThatThrownBy(() -> read(Optional.empty(), variables, NONE))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith("assistant.api-key: ")
                .message()
                .doesNotContain("mount")
                .hasLineCount(1);
    }

    @Test
    void namesTheFileThatIsNotThere() {
        assertThatThrownBy(() -> read(Optional.of(directory.resolve("absent.yaml")), NONE, NONE))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("absent.yaml");
    }

    @Test
    void describesEverySetting() {
        var lines = catalogue.page().lines().toList();
        var settings = IntStream.range(0, lines.size())
                .filter(number -> lines.get(number).matches(" +[a-z-]+: .*"))
                .boxed()
                .toList();

        assertThat(settings).hasSameSizeAs(catalogue.settings());
        assertThat(settings)
                .allSatisfy(number ->
                        assertThat(lines.get(number - 1)).startsWith("  # ").endsWith("."));
    }

    private Settings read(Optional<Path> file, Map<String, String> environment, Map<String, String> flags) {
        return Settings.read(new SettingsSources(file, environment, flags).read(vertx, catalogue));
    }

    private Path file(String text) throws IOException {
        return Files.writeString(directory.resolve("settings.yaml"), text);
    }
}
