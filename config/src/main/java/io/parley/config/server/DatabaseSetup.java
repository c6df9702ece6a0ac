package io.parley.config.server;

import io.parley.config.settings.Settings;
import io.parley.postgres.DatabaseUrl;
import io.parley.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;

/**
 * The database that the settings name: a server that is there, or the embedded one.
 *
 * @param place where the data lies, for people to read
 */
public record DatabaseSetup(DatabaseUrl url, String place) {
    /** What it starts becomes a part of {@code running}. */
    static DatabaseSetup open(Settings settings, Resources running) {
        return settings.database()
                .url()
                .map(url -> new DatabaseSetup(url, url.toString()))
                .orElseGet(() -> start(directory(settings), running));
    }

    private static DatabaseSetup start(Path directory, Resources running) {
        var postgres = EmbeddedPostgres.start(directory);
        running.add("The embedded PostgreSQL", postgres);
        return new DatabaseSetup(postgres.url(), directory.toString());
    }

    /** As {@link #open}, but where a running Parley has its PostgreSQL in the data directory it is that one. */
    public static DatabaseSetup openOrAttach(Settings settings, Resources running) {
        var directory = directory(settings);
        return settings.database().url().isPresent()
                ? open(settings, running)
                : EmbeddedPostgres.attach(directory)
                        .map(url -> new DatabaseSetup(url, directory.toString()))
                        .orElseGet(() -> open(settings, running));
    }

    private static Path directory(Settings settings) {
        return settings.dataDir().toAbsolutePath().normalize();
    }
}
