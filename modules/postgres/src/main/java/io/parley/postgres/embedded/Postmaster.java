package io.parley.postgres.embedded;

import io.parley.postgres.DatabaseUrl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server that takes connections.
 *
 * @param process started by this program or by one before it
 */
public record Postmaster(ProcessHandle process, int port) {
    private static final Logger log = LoggerFactory.getLogger(Postmaster.class);

    /** Takes over the server that a killed program has left, or starts one; 0 takes any free port. */
    public static Postmaster adoptOrStart(DataDirectory cluster, int port) throws IOException {
        var left = PostmasterFile.read(cluster.data());
        var alive = left.flatMap(file -> file.server(cluster.data()));
        if (alive.isPresent()) return adopt(cluster, alive.get());
        if (left.flatMap(file -> ProcessHandle.of(file.process())).isPresent()) PostmasterFile.disown(cluster.data());
        return new PostmasterStart(cluster, port).run();
    }

    private static Postmaster adopt(DataDirectory cluster, ProcessHandle process) throws IOException {
        log.info("Taking over the PostgreSQL that still runs in {}", cluster.data());
        var ready = PostmasterStart.awaitReady(cluster, process);
        if (ready.isEmpty()) return adoptOrStart(cluster, 0);
        return new Postmaster(process, ready.get().port());
    }

    static Optional<DatabaseUrl> running(Path dataDirectory) throws IOException {
        if (!Files.isReadable(PasswordFile.in(dataDirectory))) return Optional.empty();
        var password = PasswordFile.read(dataDirectory);
        var data = DataDirectory.data(dataDirectory);
        return PostmasterFile.read(data)
                .filter(file -> file.ready() && file.server(data).isPresent())
                .map(file -> EmbeddedAddress.url(file.port(), password));
    }
}
