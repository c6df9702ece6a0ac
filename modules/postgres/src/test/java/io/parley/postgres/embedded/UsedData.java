package io.parley.postgres.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.postgres.programs.FileTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A data directory whose server has run before. It is made once, because initdb takes as much CPU time as the rest of a test. */
final class UsedData {
    private static final Path ORIGINAL = make();

    private static Path make() {
        try {
            var folder = Files.createTempDirectory(Files.createDirectories(Servers.BINARIES), "used-");
            EmbeddedPostgres.start(Servers.durable(folder)).close();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
            return folder;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void delete(Path folder) {
        try {
            FileTree.delete(folder);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Fills the empty folder. */
    static void copyTo(Path folder) throws Exception {
        // Java's own copy would lose the owner, which matters to PostgreSQL if root runs the tests.
        assertThat(new ProcessBuilder("cp", "-a", ORIGINAL + "/.", folder.toString())
                        .inheritIO()
                        .start()
                        .waitFor())
                .isZero();
    }

    private UsedData() {}
}
