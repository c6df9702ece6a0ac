package io.parley.config.system.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Runs the packaged jar with its classes archived (JEP 350), which halves what a start costs. The archive is made once for
 * each build of the jar.
 */
public final class JarCommand {
    private static final Path JAR = Path.of("target", "parley.jar");
    private static final Path ARCHIVE = Path.of("target", "parley-" + System.getProperty("java.version") + ".jsa");

    /** The jar with these arguments. */
    public static List<String> command(String... arguments) {
        makeArchive();
        return with("-XX:SharedArchiveFile=" + ARCHIVE, arguments);
    }

    private static List<String> with(String option, String... arguments) {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var command = new ArrayList<>(List.of(java, option, "-jar", JAR.toString()));
        command.addAll(List.of(arguments));
        return command;
    }

    // Other processes that run tests do so as well.
    private static synchronized void makeArchive() {
        try (var file =
                FileChannel.open(Path.of(ARCHIVE + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            // Given back when the file is closed.
            file.lock();
            if (Files.exists(ARCHIVE)
                    && Files.getLastModifiedTime(ARCHIVE).compareTo(Files.getLastModifiedTime(JAR)) > 0) return;
            Files.deleteIfExists(ARCHIVE);
            startAndEnd();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void startAndEnd() throws IOException {
        var data = Path.of("target", "system", UUID.randomUUID().toString()).toAbsolutePath();
        var process = new ProcessBuilder(
                        with("-XX:ArchiveClassesAtExit=" + ARCHIVE, "--http-port=0", "--data-dir=" + data))
                .redirectErrorStream(true)
                .start();
        try (var lines = process.inputReader()) {
            for (var line = lines.readLine(); line != null; line = lines.readLine())
                // The process itself would close what is read here.
                if (line.contains("Listening on")) process.toHandle().destroy();
        }
        process.onExit().join();
    }

    private JarCommand() {}
}
