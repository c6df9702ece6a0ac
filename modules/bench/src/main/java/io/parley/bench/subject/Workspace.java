package io.parley.bench.subject;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/** A temporary directory, deleted after the measurement. */
public record Workspace(Path directory) implements AutoCloseable {
    public static Workspace create() throws IOException {
        return new Workspace(Files.createTempDirectory("parley-bench"));
    }

    @Override
    public void close() throws IOException {
        try (var files = Files.walk(directory)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
        }
    }
}
