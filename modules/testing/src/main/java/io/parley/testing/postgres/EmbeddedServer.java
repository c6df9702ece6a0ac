package io.parley.testing.postgres;

import io.parley.postgres.DatabaseUrl;
import io.parley.postgres.embedded.EmbeddedPostgres;
import io.parley.postgres.embedded.EmbeddedSettings;
import io.parley.testing.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** From the embedded binaries, which are unpacked once for all modules; not durable, and gone afterwards. */
record EmbeddedServer(EmbeddedPostgres postgres, Path data) implements TestServer {
    static EmbeddedServer start() {
        try {
            var folder = Files.createDirectories(Repository.root().resolve("target/postgresql"));
            var data = Files.createTempDirectory(folder, "data-");
            return new EmbeddedServer(EmbeddedPostgres.start(new EmbeddedSettings(data, folder, 0, false)), data);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public DatabaseUrl url() {
        return postgres.url();
    }

    @Override
    public void close() {
        postgres.close();
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
