package io.parley.config.backup;

import io.parley.config.settings.Settings;
import io.parley.kernel.Secret;
import io.parley.postgres.DatabaseUrl;
import io.parley.postgres.embedded.StagedDatabase;
import io.parley.storage.backup.BackupArchive;
import io.parley.storage.backup.BackupResult;
import io.parley.storage.backup.Restore;
import io.parley.storage.backup.Secrets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Restores a backup to where the settings say that the database is. */
public final class Restores {
    private final Settings settings;
    private final SecretFiles files;

    public Restores(Settings settings) {
        this.settings = settings;
        this.files = new SecretFiles(dataDirectory(settings));
    }

    private static Path dataDirectory(Settings settings) {
        return settings.dataDir().toAbsolutePath().normalize();
    }

    /** @param warnings what the operator should know, a line each: what is lost, and what differs */
    public record Restored(BackupResult result, List<String> warnings) {}

    /**
     * Checks the place and the backup, and then restores. Blocks. Whatever it fails with, the place is as before.
     *
     * @param onStaged is given what has to be closed if the process ends meanwhile
     */
    public Restored run(BackupArchive backup, @Nullable Secret passphrase, Consumer<AutoCloseable> onStaged) {
        var external = settings.database().ownerUrl().or(settings.database()::url);
        external.ifPresentOrElse(Restore::requireEmpty, () -> StagedDatabase.requireNone(files.directory()));
        var secrets = backup.secrets(passphrase);
        files.requireNoOthers(secrets);
        Restore.check(backup);
        var warnings = warnings(backup, secrets);
        var result = external.isPresent()
                ? toServer(external.get(), backup, secrets)
                : toDataDirectory(backup, secrets, onStaged);
        return new Restored(result, warnings);
    }

    private BackupResult toServer(DatabaseUrl url, BackupArchive backup, Secrets secrets) {
        var result = Restore.run(url, settings.database().search(), backup);
        files.write(secrets);
        return result;
    }

    private BackupResult toDataDirectory(BackupArchive backup, Secrets secrets, Consumer<AutoCloseable> onStaged) {
        try (var staged = StagedDatabase.create(files.directory())) {
            onStaged.accept(staged);
            new SecretFiles(staged.folder()).write(secrets);
            var result = Restore.run(staged.start(), settings.database().search(), backup);
            staged.publish();
            return result;
        }
    }

    private List<String> warnings(BackupArchive backup, Secrets secrets) {
        var warnings = new ArrayList<String>();
        var lost = lost(secrets);
        if (!lost.isEmpty()) warnings.add("the backup has no secrets: " + String.join(", and ", lost));
        var search = backup.manifest().searchConfiguration();
        if (!settings.database().search().name().endsWith(search.replaceFirst("^.*\\.", "")))
            warnings.add("the search words are made with "
                    + settings.database().search().name() + ", but those of the backup were made with " + search
                    + " (search.configuration)");
        return warnings;
    }

    private List<String> lost(Secrets restored) {
        var there = files.read();
        var lost = new ArrayList<String>();
        if (restored.keyset() == null
                && there.keyset() == null
                && settings.keys().keyset() == null)
            lost.add(
                    "nothing that is encrypted can be read, such as provider keys, without the keyset.json of that time");
        if (restored.jwtSecret() == null
                && there.jwtSecret() == null
                && settings.jwt().secret().isEmpty())
            lost.add("everybody has to sign in again, without its jwt.secret");
        return lost;
    }
}
