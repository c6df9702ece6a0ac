package io.parley.postgres.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The file postmaster.pid, which a server writes. Its lines are, from the first: process, data directory, start time,
 * port, socket directory, address, shared memory, status.
 */
record PostmasterFile(long process, int port, boolean ready) {
    // Above the greatest process id of Linux (2^22) and macOS.
    private static final long NO_PROCESS = 4_194_305;

    static Optional<PostmasterFile> read(Path data) throws IOException {
        try {
            var lines = Files.readAllLines(file(data));
            if (lines.size() < 4) return Optional.empty();
            boolean ready = lines.size() > 7 && lines.get(7).strip().equals("ready");
            return Optional.of(new PostmasterFile(
                    Long.parseLong(lines.get(0).strip()),
                    Integer.parseInt(lines.get(3).strip()),
                    ready));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (NumberFormatException halfWritten) {
            return Optional.empty();
        }
    }

    /** The server process, if it is alive: it may have ended, and another program may have its process id. */
    Optional<ProcessHandle> server(Path data) {
        return ProcessHandle.of(process)
                .filter(ProcessHandle::isAlive)
                .filter(handle -> isPostgres(handle.info()) && isFor(data, handle.info()));
    }

    private static boolean isPostgres(ProcessHandle.Info program) {
        return program.command().filter(path -> path.endsWith("/postgres")).isPresent();
    }

    private static boolean isFor(Path data, ProcessHandle.Info program) {
        return program.arguments()
                .map(arguments -> List.of(arguments).contains(data.toString()))
                .orElse(true);
    }

    /**
     * Replaces the process id of a dead server, because PostgreSQL would mistake the program that has it now for the
     * server. The file stays: PostgreSQL reads from it which shared memory the dead server's processes may still use.
     */
    static void disown(Path data) throws IOException {
        var lines = Files.readAllLines(file(data));
        lines.set(0, Long.toString(NO_PROCESS));
        Files.write(file(data), lines);
    }

    private static Path file(Path data) {
        return data.resolve("postmaster.pid");
    }
}
