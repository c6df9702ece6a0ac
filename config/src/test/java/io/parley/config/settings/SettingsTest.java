package io.parley.config.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.config.settings.sources.SettingsException;
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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every setting has a default and a description, and what is read is what was written. */
class SettingsTest {
    private static final SettingsReader settings = new SettingsReader();

    private static final String SECRET = "correct horse battery staple, twice over";

    @TempDir
    private Path directory;

    @AfterAll
    static void stop() {
        settings.close();
    }

    @Test
    void hasADefaultForEverything() {
        var found = settings.defaults();

        assertThat(found.http().host()).isEqualTo("127.0.0.1");
        assertThat(found.http().port()).isEqualTo(8080);
        assertThat(found.http().requestTimeout()).isEqualTo(Duration.ofSeconds(12));
        assertThat(found.dataDir()).isEqualTo(Path.of("./data"));
        assertThat(found.database().url()).isEmpty();
        assertThat(found.jwt().secret()).isEmpty();
        assertThat(found.passwords().minLength()).isEqualTo(8);
        assertThat(found.passwords().cost()).isEqualTo(PasswordCost.OWASP);
        assertThat(found.limits())
                .isEqualTo(new LimitSettings(
                        Rates.parse("60/m,300/d"),
                        Rates.parse("10/15m"),
                        Rates.parse("50/10m"),
                        Rates.parse("3/h"),
                        new Limit<>(Rates.parse("1000/d"), false),
                        new ChosenLimits(
                                "100/s", "1000/d", "", Map.of(), 1_000_000L, 2_147_483_648L, 32, 64, 268_435_456L)));
        assertThat(found.requestLimits())
                .isEqualTo(new RequestLimitSettings(
                        new Limit<>(Rates.parse("100/s"), false),
                        new Limit<>(Rates.parse("20/s"), false),
                        new Limit<>(64, false),
                        32,
                        2));
        assertThat(found.database().searchLimits()).isEqualTo(new SearchLimits(16, Duration.ofSeconds(2)));
        assertThat(found.recentSignIn()).isEqualTo(Duration.ofMinutes(10));
        assertThat(found.refreshGrace()).isEqualTo(Duration.ofSeconds(10));
        assertThat(found.keys().keyset()).isNull();
        assertThat(found.keys().file()).isEqualTo(Path.of("./data/keyset.json"));
        assertThat(found.retention().trashAge()).isEqualTo(Duration.ofDays(30));
        assertThat(found.importLimits())
                .isEqualTo(new ImportLimits(
                        new ArchiveLimits(2L * 1024 * 1024 * 1024, 10_000, 200), 256L * 1024 * 1024, 1));
        assertThat(found.bytesInFlight()).isEqualTo(Runtime.getRuntime().maxMemory() / 4);
    }

    @Test
    void describesEverySetting() {
        var lines = settings.catalogue().page().lines().toList();
        var found = IntStream.range(0, lines.size())
                .filter(number -> lines.get(number).matches(" +[a-z-]+: .*"))
                .boxed()
                .toList();

        assertThat(found).hasSameSizeAs(settings.catalogue().settings());
        assertThat(found)
                .allSatisfy(number ->
                        assertThat(lines.get(number - 1)).startsWith("  # ").endsWith("."));
    }

    @Test
    void readsOriginsBetweenCommas() {
        var origins = "http://localhost:5173, https://app.example.org,capacitor://localhost,http://[::1]:3000,";

        assertThat(settings.read(Map.of("PARLEY_HTTP_CORS_ORIGINS", origins))
                        .http()
                        .corsOrigins())
                .containsExactlyInAnyOrder(
                        "http://localhost:5173",
                        "https://app.example.org",
                        "capacitor://localhost",
                        "http://[::1]:3000");
        assertThat(settings.defaults().http().corsOrigins()).isEmpty();
    }

    @Test
    void keepsASecretThatLooksLikeANumberAsItIs() throws IOException {
        var digits = "00123456789012345678901234567890123456789";

        assertThat(settings.read(Map.of("PARLEY_JWT_SECRET", digits)).jwt().secret())
                .hasValueSatisfying(secret -> assertThat(secret.value()).isEqualTo(digits));
    }

    @Test
    void showsNoSecretWhenPrinted() {
        var found = settings.read(Map.of(
                "PARLEY_JWT_SECRET", SECRET,
                "PARLEY_KEYS_KEYSET", "{\"primaryKeyId\": 1815}",
                "PARLEY_DATABASE_URL", "postgresql://ada:engine@db.example/parley"));

        assertThat(found.toString()).contains("db.example").doesNotContain("horse", "engine", "1815");
    }

    @Test
    void schedulesBackupsOfTheEmbeddedDatabaseOnly() {
        var interval = Map.of("PARLEY_BACKUP_INTERVAL", "24h", "PARLEY_BACKUP_PASSPHRASE", "sand");

        var backup = settings.read(interval).backup();
        assertThat(backup.interval()).contains(Duration.ofDays(1));
        assertThat(backup.directory()).hasToString("./data/backups");
        assertThat(backup.toString()).doesNotContain("sand");
        var external = new HashMap<>(interval);
        external.put("PARLEY_DATABASE_URL", "postgresql://ada:engine@db.example/parley");
        assertThatThrownBy(() -> settings.read(external))
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

        var accounts = settings.read(file).accounts();

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
        assertThat(settings.defaults().accounts().mail()).isNull();
    }

    private Path file(String text) throws IOException {
        return Files.writeString(directory.resolve("settings.yaml"), text);
    }
}
