package io.parley.config.server;

import io.parley.config.settings.Settings;
import io.parley.config.settings.sources.SettingsException;
import io.parley.postgres.DatabaseUrl;
import io.parley.postgres.embedded.EmbeddedPostgres;
import io.parley.postgres.embedded.EmbeddedSettings;
import io.parley.postgres.programs.PostgresBinaries;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The database of this process: the server that the settings name, or the embedded one.
 *
 * @param owner the same database as the owner of the tables
 * @param embedded the embedded server, if this process has started it
 * @param location the URL or the data directory, for the log
 */
public record DatabaseSetup(DatabaseUrl url, DatabaseUrl owner, String location, Optional<EmbeddedPostgres> embedded) {
    /** For a server: starts the embedded PostgreSQL if the settings name no other, and adds it to {@code resources}. */
    static DatabaseSetup open(Settings settings, Resources resources) {
        return settings.database()
                .url()
                .map(url -> new DatabaseSetup(
                        url, settings.database().ownerUrl().orElse(url), url.toString(), Optional.empty()))
                .orElseGet(() -> startEmbedded(settings, resources));
    }

    private static DatabaseSetup startEmbedded(Settings settings, Resources resources) {
        if (!PostgresBinaries.areIncluded())
            throw new SettingsException(
                    "database.url",
                    "must be set, because this jar has no PostgreSQL for this platform (PARLEY_DATABASE_URL)");
        var directory = dataDirectory(settings);
        var postgres = EmbeddedPostgres.start(EmbeddedSettings.in(directory)
                .withSharedBuffers(settings.database().sharedBuffersBytes()));
        resources.add("the embedded PostgreSQL", postgres);
        return new DatabaseSetup(postgres.url(), postgres.url(), directory.toString(), Optional.of(postgres));
    }

    /** For a command: like {@link #open}, but uses the embedded PostgreSQL of a server that runs on the same data. */
    public static DatabaseSetup openOrAttach(Settings settings, Resources resources) {
        if (settings.database().url().isPresent()) return open(settings, resources);
        var directory = dataDirectory(settings);
        return EmbeddedPostgres.attach(directory)
                .map(url -> new DatabaseSetup(url, url, directory.toString(), Optional.empty()))
                .orElseGet(() -> startEmbedded(settings, resources));
    }

    private static Path dataDirectory(Settings settings) {
        return settings.dataDir().toAbsolutePath().normalize();
    }
}
