package io.parley.config.start;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Runs the server in a second JVM that reads its classes from the archive which an earlier stop has left ({@link ArchiveWriter}). No
 * option of the JVM can stand in a jar, so another JVM is the only way.
 */
public final class ArchivedStart {
    /** Set in the second JVM. */
    static final String SECOND = "parley.second-process";

    /** How a shell reports SIGABRT, SIGBUS and SIGSEGV, by which a JVM ends that has crashed. */
    private static final Set<Integer> CRASHES = Set.of(128 + 6, 128 + 7, 128 + 11);

    private record Second(Path archive, List<String> command) {}

    /** Empty if there is no archive for this start; then this process is the server. Otherwise returns when the server has ended. */
    public static OptionalInt run(String[] arguments, Map<String, String> environment) throws InterruptedException {
        if (System.getProperty(SECOND) != null) {
            ParentWatch.start();
            return OptionalInt.empty();
        }
        var second = second(List.of(arguments), environment);
        if (second.isEmpty()) return OptionalInt.empty();
        var ended = ServerProcess.run(second.get().command());
        if (ended.isPresent() && CRASHES.contains(ended.getAsInt()))
            delete(second.get().archive());
        return ended;
    }

    // Whatever the reason was, the next start must not crash in the same way.
    private static void delete(Path archive) {
        try {
            Files.deleteIfExists(archive);
        } catch (IOException kept) {
            // The operator sees the report of the crash.
        }
    }

    private static Optional<Second> second(List<String> arguments, Map<String, String> environment) {
        var settings = StartSettings.read(arguments, environment).filter(StartSettings::archive);
        if (settings.isEmpty()) return Optional.empty();
        return JvmCommand.current(environment)
                .flatMap(jvm ->
                        archive(settings.get(), jvm).map(archive -> new Second(archive, command(jvm, archive))));
    }

    private static Optional<Path> archive(StartSettings settings, JvmCommand jvm) {
        try {
            return ClassArchive.of(settings.dataDir(), jvm.jar()).find();
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    private static List<String> command(JvmCommand jvm, Path archive) {
        var command = new ArrayList<>(List.of(JvmCommand.java()));
        command.addAll(jvm.options());
        command.addAll(ArchiveKind.current().reading(archive));
        command.addAll(List.of("-D" + SECOND + "=" + archive, "-jar", jvm.jar()));
        command.addAll(jvm.arguments());
        return command;
    }

    private ArchivedStart() {}
}
