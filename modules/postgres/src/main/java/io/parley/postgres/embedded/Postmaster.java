package io.parley.postgres.embedded;

import io.parley.postgres.DatabaseUrl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running server that accepts connections.
 *
 * @param process started by this process or by an earlier one
 */
public record Postmaster(ProcessHandle process, int port) {
    private static final Logger log = LoggerFactory.getLogger(Postmaster.class);

    /** Adopts the server that a killed process has left running, or starts one. Port 0 stands for any free port. */
    public static Postmaster adoptOrStart(DataDirectory directory, int port) throws IOException {
        var left = PostmasterFile.read(directory.data());
        var alive = left.flatMap(file -> file.server(directory.data()));
        if (alive.isPresent()) return adopt(directory, alive.get());
        if (left.flatMap(file -> ProcessHandle.of(file.process())).isPresent()) PostmasterFile.disown(directory.data());
        return new PostmasterStart(directory, port).run();
    }

    private static Postmaster adopt(DataDirectory directory, ProcessHandle process) throws IOException {
        log.info("Adopting the PostgreSQL server that is still running in {}", directory.data());
        var ready = PostmasterStart.awaitReady(directory, process);
        if (ready.isEmpty()) return adoptOrStart(directory, 0);
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
