package io.parley.config.system.harness;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.postgres.embedded.EmbeddedPostgres;
import io.parley.testing.postgres.HashPartitions;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the starts of the jar have in common: an archive of its classes and a data directory with a migrated database.
 * Both come from one start on an empty directory, made once for each build of the jar. The tables are partitioned if
 * {@link HashPartitions#WANTED}.
 */
final class PreparedJar {
    static final Path JAR = Path.of("target", "parley.jar");

    private static final Path FOLDER = Path.of(
                    "target",
                    "prepared-" + System.getProperty("java.version") + (HashPartitions.WANTED ? "-partitioned" : ""))
            .toAbsolutePath();
    private static final Path ARCHIVE = FOLDER.resolve("parley.jsa");
    private static final Path DATA = FOLDER.resolve("data");
    private static final Path CHEAP_PASSWORDS = FOLDER.resolve("cheap-passwords.jar");

    static Path archive() {
        prepare();
        return ARCHIVE;
    }

    /** That of the archive, which is of no use with another one. */
    static String classPath() {
        return CHEAP_PASSWORDS + File.pathSeparator + JAR;
    }

    /** Creates the directory with what a server leaves after its first start and stop. */
    static void copyData(Path directory) {
        prepare();
        // Java's own copy would lose the owner, which matters to PostgreSQL if root runs the tests.
        var copy = new ArrayList<>(List.of("cp", "-a"));
        try (var entries = Files.list(DATA)) {
            Files.createDirectory(directory);
            for (var entry : entries.toList()) {
                // No server changes the programs of PostgreSQL, and they are more than half of it.
                if (Files.isDirectory(entry.resolve("bin")))
                    Files.createSymbolicLink(directory.resolve(entry.getFileName()), entry);
                else copy.add(entry.toString());
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        copy.add(directory.toString());
        Run.toTheEnd(new ProcessBuilder(copy));
    }

    // Surefire runs the test classes in several processes; one of them prepares, the others wait.
    private static synchronized void prepare() {
        try {
            Files.createDirectories(FOLDER);
            try (var file =
                    FileChannel.open(FOLDER.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                // Released when the file is closed.
                file.lock();
                if (!isFresh()) startOnce();
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static boolean isFresh() throws IOException {
        return Files.exists(ARCHIVE)
                && Files.exists(CHEAP_PASSWORDS)
                && Files.getLastModifiedTime(ARCHIVE).compareTo(Files.getLastModifiedTime(JAR)) > 0;
    }

    private static void startOnce() throws IOException {
        Files.deleteIfExists(ARCHIVE);
        delete(DATA);
        CheapPasswords.write(CHEAP_PASSWORDS);
        var log = FOLDER.resolve("parley.log");
        int port = ParleyJar.freePort();
        var process = new ProcessBuilder(JarCommand.archiving(ARCHIVE, "--http-port=" + port, "--data-dir=" + DATA))
                .redirectErrorStream(true)
                .redirectOutput(Redirect.to(log.toFile()))
                .start();
        try {
            Run.awaitReady(URI.create("http://127.0.0.1:" + port), process, log);
            if (HashPartitions.WANTED)
                HashPartitions.create(EmbeddedPostgres.attach(DATA).orElseThrow());
        } finally {
            process.destroy();
        }
        assertThat(process.onExit().join().exitValue())
                .as("exit code, see %s", log)
                .isZero();
    }

    private static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) return;
        try (Stream<Path> files = Files.walk(directory)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
        }
    }

    private PreparedJar() {}
}
