package io.parley.testing.postgres;

import io.parley.testing.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The folder that the test runs of one build share. A build is the Java process that started this one, such as Maven or an
 * IDE; a test run that no Java process started is a build of its own.
 */
record BuildFolder(ProcessHandle build, Path path) {
    private static final Path SHARED = Repository.root().resolve("target/postgresql");

    static BuildFolder current() {
        var build = findBuild();
        // Process ids are reused, so the start time is in the name.
        var started = build.info().startInstant().map(Instant::getEpochSecond).orElse(0L);
        return new BuildFolder(build, SHARED.resolve("build-" + build.pid() + "-" + started));
    }

    private static ProcessHandle findBuild() {
        var ancestor = ProcessHandle.current().parent();
        while (ancestor.isPresent() && !isJava(ancestor.get())) ancestor = ancestor.flatMap(ProcessHandle::parent);
        return ancestor.orElseGet(ProcessHandle::current);
    }

    private static boolean isJava(ProcessHandle process) {
        return process.info()
                .command()
                .flatMap(command -> Optional.ofNullable(Path.of(command).getFileName()))
                .filter(name -> name.toString().startsWith("java"))
                .isPresent();
    }

    /** Where PostgreSQL's programs are unpacked, once for all builds. */
    Path binaries() {
        return SHARED;
    }

    /** Runs the step while no other test run of the build is in such a step. */
    <T> T exclusively(Supplier<T> step) {
        try {
            Files.createDirectories(path);
            try (var file =
                    FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                // Released when the file is closed.
                file.lock();
                return step.get();
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
