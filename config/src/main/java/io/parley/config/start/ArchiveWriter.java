package io.parley.config.start;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.management.JMException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the archive of the classes that this server has loaded, once it has stopped. Another JVM writes it, at a low priority and for
 * a limited time: a JVM that writes one at its own end cannot be stopped while it does.
 */
public final class ArchiveWriter {
    private static final Logger log = LoggerFactory.getLogger(ArchiveWriter.class);

    /** On a machine that is too slow, not every stop may take longer. */
    private static final Duration UNTIL_NEXT_TRY = Duration.ofDays(1);

    /** The main class of the other JVM; its arguments are the file with the names of the classes and a folder for its own use. */
    private static final String TRAINING = "io.parley.config.Training";

    /** Below all others, but not starved: with 19 it got 5 s of CPU time in 5 minutes on a busy machine. */
    private static final String PRIORITY = "10";

    private static final String UNFINISHED = "writing-";

    private final Path dataDir;
    private final Duration limit;
    private final Map<String, String> environment;

    /** @param limit after this nothing is written */
    public ArchiveWriter(Path dataDir, Duration limit, Map<String, String> environment) {
        this.dataDir = dataDir;
        this.limit = limit;
        this.environment = environment;
    }

    /** Does nothing if there is an archive, or if it can be of no use. A failure is no error: the next start is as slow as this one. */
    public void write() {
        if (System.getProperty(ArchivedStart.SECOND) != null || !Files.isDirectory(dataDir)) return;
        JvmCommand.current(environment).ifPresent(this::write);
    }

    private void write(JvmCommand jvm) {
        try {
            var archive = ClassArchive.of(dataDir, jvm.jar());
            var failed = archive.folder().resolve(archive.prefix() + "failed-" + limit.toSeconds() + "s");
            if (archive.find().isPresent() || isRecent(failed)) return;
            Files.createDirectories(archive.folder());
            deleteUnfinished(archive.folder());
            // Before the attempt, because a supervisor may kill this process during it.
            Files.writeString(failed, "");
            if (train(jvm, archive)) {
                Files.delete(failed);
                log.info("Made an archive of classes in {}: the next start is faster", archive.folder());
            } else
                log.info(
                        "No archive of classes could be made within {} s (start.archive-limit); the next try is a day later",
                        limit.toSeconds());
        } catch (IOException | JMException | RuntimeException failure) {
            log.debug("No archive of classes in {}", dataDir, failure);
        }
    }

    /** What is left of a server that was killed while it wrote. */
    private static void deleteUnfinished(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            for (var file : files.filter(each -> each.getFileName().toString().startsWith(UNFINISHED))
                    .toList()) delete(file);
        }
    }

    private static boolean isRecent(Path file) throws IOException {
        return Files.exists(file)
                && Files.getLastModifiedTime(file)
                        .toInstant()
                        .isAfter(Instant.now().minus(UNTIL_NEXT_TRY));
    }

    private boolean train(JvmCommand jvm, ClassArchive archive) throws IOException, JMException {
        var work = Files.createTempDirectory(archive.folder(), UNFINISHED);
        try {
            var classes = Files.write(work.resolve("classes"), LoadedClasses.names());
            var file = work.resolve("archive");
            var kind = ArchiveKind.current();
            var end = Instant.now().plus(limit);
            var recorded = run(kind.recording(file), jvm, List.of(TRAINING, classes.toString(), work.toString()), end);
            if (!recorded) return false;
            if (!kind.making(file).isEmpty() && !run(kind.making(file), jvm, List.of(), end)) return false;
            if (!Files.exists(file)) return false;
            archive.replace(file);
            return true;
        } finally {
            delete(work);
        }
    }

    private static boolean run(List<String> options, JvmCommand jvm, List<String> arguments, Instant end)
            throws IOException {
        var command = new ArrayList<>(List.of("nice", "-n", PRIORITY, JvmCommand.java()));
        command.addAll(options);
        command.addAll(List.of("-XX:+UseSerialGC", "-Xmx256m", "-cp", jvm.jar()));
        command.addAll(arguments);
        var builder =
                new ProcessBuilder(command).redirectOutput(Redirect.DISCARD).redirectError(Redirect.DISCARD);
        builder.environment().keySet().removeAll(JvmCommand.VARIABLES);
        return endsInTime(builder.start(), end);
    }

    private static boolean endsInTime(Process process, Instant end) {
        try {
            long millis = Math.max(0, Duration.between(Instant.now(), end).toMillis());
            return process.waitFor(millis, TimeUnit.MILLISECONDS) && process.exitValue() == 0;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            process.destroyForcibly();
            process.onExit().join();
        }
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
        }
    }
}
