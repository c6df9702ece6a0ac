package io.parley.config;

import io.parley.storage.DatabaseUrl;
import io.parley.storage.EmbeddedPostgres;
import java.nio.file.Path;

/**
 * The database that the settings name: a server that is there, or the embedded one.
 *
 * @param place where the data lies, for people to read
 */
record Storage(DatabaseUrl url, String place) {
    /** What it starts becomes a part of {@code running}. */
    static Storage open(Settings settings, Running running) {
        return settings.database()
                .url()
                .map(url -> new Storage(url, url.toString()))
                .orElseGet(() -> start(directory(settings), running));
    }

    private static Storage start(Path directory, Running running) {
        var postgres = EmbeddedPostgres.start(directory);
        running.add("The embedded PostgreSQL", postgres);
        return new Storage(postgres.url(), directory.toString());
    }

    /** As {@link #open}, but where a running Parley has its PostgreSQL in the data directory it is that one. */
    static Storage openOrAttach(Settings settings, Running running) {
        var directory = directory(settings);
        return settings.database().url().isPresent()
                ? open(settings, running)
                : EmbeddedPostgres.attach(directory)
                        .map(url -> new Storage(url, directory.toString()))
                        .orElseGet(() -> open(settings, running));
    }

    private static Path directory(Settings settings) {
        return settings.dataDir().toAbsolutePath().normalize();
    }
}
