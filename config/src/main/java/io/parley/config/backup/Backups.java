package io.parley.config.backup;

import io.parley.config.settings.Settings;
import io.parley.kernel.Secret;
import io.parley.postgres.DatabaseUrl;
import io.parley.storage.backup.BackupException;
import io.parley.storage.backup.BackupWriter;
import io.parley.storage.backup.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes backups of what the settings name. */
public final class Backups {
    private static final String VERSION =
            Objects.requireNonNullElse(Backups.class.getPackage().getImplementationVersion(), "development build");

    /** @param url of the database of {@code settings}, as a user who sees all rows */
    public static BackupWriter writer(
            DatabaseUrl url, Settings settings, boolean withSecrets, @Nullable Secret passphrase) {
        return new BackupWriter(
                url, VERSION, withSecrets ? new SecretFiles(settings.dataDir()).read() : Secrets.NONE, passphrase);
    }

    /** Fails with {@link BackupException} if the database is not the embedded one, and says how to back it up. */
    public static void requireEmbedded(Settings settings, String file) {
        settings.database().url().ifPresent(url -> {
            throw new BackupException("database.url is set, so PostgreSQL's own program makes the backup: pg_dump"
                    + " --format=custom --file='" + file + "' '" + url
                    + "' (keep keyset.json and jwt.secret of data.dir,"
                    + " or the settings in their place, as well)");
        });
    }

    /**
     * The first line of a file, else the setting.
     *
     * @return null if there is neither
     */
    public static @Nullable Secret passphrase(Optional<Path> file, Settings settings) {
        return file.map(Backups::firstLine).or(settings.backup()::passphrase).orElse(null);
    }

    private static Secret firstLine(Path file) {
        try (var lines = Files.newBufferedReader(file)) {
            var line = lines.readLine();
            if (line == null || line.isBlank())
                throw new BackupException("the first line of the passphrase file " + file + " is empty");
            return new Secret(line);
        } catch (IOException failure) {
            throw new BackupException("cannot read the passphrase file " + file, failure);
        }
    }

    private Backups() {}
}
