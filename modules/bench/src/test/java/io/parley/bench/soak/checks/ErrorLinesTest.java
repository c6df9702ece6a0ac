package io.parley.bench.soak.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ErrorLinesTest {
    @Test
    void countsErrorsOfTheServerAndOfTheJvm(@TempDir Path directory) throws IOException {
        var log = Files.writeString(directory.resolve("node-1.log"), """
            2026-11-30T08:00:00.000Z INFO  Server Starting, and ERROR is just a word here
            2026-11-30T08:00:01.000Z WARN  Peers Evicted
            2026-11-30T08:00:02.000Z ERROR ErrorMapping GET /x failed
            Exception in thread "main" java.lang.NoClassDefFoundError
            java.lang.OutOfMemoryError: Java heap space
            """);

        var errors = ErrorLines.of(List.of(log));

        assertThat(errors.number()).isEqualTo(3);
        assertThat(errors.examples()).first().asString().startsWith("node-1.log: 2026-11-30T08:00:02");
        assertThat(errors.check().ok()).isFalse();
    }
}
